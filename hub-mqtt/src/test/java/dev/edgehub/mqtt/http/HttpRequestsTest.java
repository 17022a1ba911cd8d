package dev.edgehub.mqtt.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.LeakWatch;
import dev.edgehub.mqtt.testing.LoopbackHub;
import dev.edgehub.mqtt.testing.Manifests;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Requests that others answer by path. */
@Timeout(60)
@ExtendWith(LeakWatch.class)
final class HttpRequestsTest {

  @TempDir Path directory;
  private LoopbackHub hub;
  private HttpFixture http;

  /** Says what it was asked. */
  private static final class Echo implements HttpService {
    @Override
    public boolean serves(String path) {
      return path.startsWith("/twins/");
    }

    @Override
    public int maxBodyBytes() {
      return 10;
    }

    @Override
    public CompletionStage<HttpAnswer> answer(HttpCall call) {
      if (call.method().equals("DELETE")) {
        return CompletableFuture.failedFuture(new IllegalStateException("a defect for the test"));
      }
      String said =
          call.method() + call.path() + "?" + call.query() + new String(call.body(), UTF_8);
      return CompletableFuture.supplyAsync(() -> new HttpAnswer(200, said.getBytes(UTF_8)));
    }
  }

  @BeforeEach
  void start() {
    hub =
        new LoopbackHub(
            directory, Manifests.of(Manifests.route("a", "b", "c")), "limits.connectSeconds=1");
    http = new HttpFixture(hub, List.of(new Echo()), pipeline -> {});
  }

  @AfterEach
  void stop() {
    http.close();
    hub.close();
  }

  private static String request(String line, String body) {
    return line + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  @Test
  void areAnsweredOneAfterTheOtherOnOneConnection() {
    try (WebSocketPeer peer = new WebSocketPeer(http.port())) {
      peer.text(request("POST /twins/edge%2Fm/methods?api-version=1", "{}"));
      String first = peer.answer();
      peer.text(request("GET /twins/x", ""));

      assertEquals("200 POST/twins/edge/m/methods?api-version=1{}", first);
      assertEquals("200 GET/twins/x?", peer.answer());
    }
  }

  @Test
  void withALargeBodyAreRefusedWhetherTheyTellItsLengthOrNot() {
    try (WebSocketPeer told = new WebSocketPeer(http.port());
        WebSocketPeer chunked = new WebSocketPeer(http.port())) {
      told.text(request("POST /twins/x", "12345678901"));
      chunked.text("POST /twins/x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n");
      chunked.text("b\r\n12345678901\r\n0\r\n\r\n");

      assertTrue(told.answer().startsWith("413 {\"message\":\"expected a body of at most 10"));
      assertTrue(chunked.answer().startsWith("413 "));
      assertEquals("end", told.receive());
      assertEquals("end", chunked.receive());
    }
  }

  @Test
  void ofAnotherPathAreNotFound() {
    try (WebSocketPeer peer = new WebSocketPeer(http.port())) {
      peer.text(request("GET /", ""));

      assertEquals("404 {\"message\":\"nothing is served at this path\"}", peer.answer());
      assertEquals("end", peer.receive());
    }
  }

  @Test
  void thatFailAreADefectAndTheAnswerSaysSo() {
    try (WebSocketPeer peer = new WebSocketPeer(http.port())) {
      peer.text(request("DELETE /twins/x", ""));

      assertTrue(peer.answer().startsWith("500 "));
    }
  }

  @Test
  void withLongHeadersOrNoneAtAllAreRefused() {
    try (WebSocketPeer wide = new WebSocketPeer(http.port());
        WebSocketPeer garbage = new WebSocketPeer(http.port())) {
      wide.text("GET /twins/x HTTP/1.1\r\nX: " + "x".repeat(9_000) + "\r\n\r\n");
      garbage.text("\u0010\u0010MQTT\r\n\r\n");

      assertTrue(wide.answer().startsWith("431 "));
      assertTrue(garbage.answer().startsWith("400 "));
    }
  }

  @Test
  void thatDoNotComeToAnEndInTimeEndTheConnection() {
    try (WebSocketPeer silent = new WebSocketPeer(http.port());
        WebSocketPeer slow = new WebSocketPeer(http.port());
        WebSocketPeer upgraded = WebSocketPeer.upgraded(http.port())) {
      slow.text("POST /twins/x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n1");

      assertEquals("end", silent.receive());
      assertEquals("end", slow.receive());
      assertTrue(upgraded.receive().startsWith("8 "));
    }
  }
}
