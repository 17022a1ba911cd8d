package dev.edgehub.mqtt.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import dev.edgehub.identity.Credential;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.Registry;
import dev.edgehub.identity.RegistrySource;
import dev.edgehub.identity.SasKey;
import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.server.EventLoops;
import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.LeakWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What createFromEnvironment needs, byte for byte (protocol reference, section 10). */
@Timeout(60)
@ExtendWith({DefectWatch.class, LeakWatch.class})
final class WorkloadServerTest {

  private static final String KEY = "ZWRnZS1odWItcmVmZXJlbmNlLWtleS0zMi1ieXRlcyE=";
  private static final String CERTIFICATE =
      "-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----\n";
  private static final String SIGN = "/modules/filter/genid/1/sign?api-version=2018-06-28";
  private static final String TEXT =
      "contoso.azure-devices.net%2Fdevices%2Fedge1%2Fmodules%2Ffilter\n1893456000";

  @TempDir Path directory;
  private final EventLoops loops = new EventLoops();
  private WorkloadServer server;

  @BeforeEach
  void start() throws IOException {
    server = listen("127.0.0.1:0");
    Files.createDirectories(directory.resolve("tls"));
    Files.writeString(directory.resolve("tls/ca.pem"), "-----BEGIN KEY-----\nMII=\n" + CERTIFICATE);
  }

  @AfterEach
  void stop() {
    server.close();
    loops.close();
  }

  private WorkloadServer listen(String address) {
    SasKey key = SasKey.parse(KEY).orElseThrow();
    Registry registry =
        Registry.of(
            List.of(
                entry("edge/filter", true, new Credential.Sas(key, null)),
                entry("edge/$edgeHub", true, new Credential.Sas(key, null)),
                entry("edge/off", false, new Credential.Sas(key, null)),
                entry("edge/plain", true, new Credential.None()),
                entry("other/m", true, new Credential.Sas(key, null))));
    return new WorkloadServer(
        address,
        Config.of("dataDir=" + directory),
        RegistrySource.fixed(registry),
        loops,
        Runnable::run);
  }

  private static RegisteredIdentity entry(String id, boolean enabled, Credential credential) {
    return new RegisteredIdentity(Identity.parse(id).orElseThrow(), enabled, credential);
  }

  @Test
  void signsTheWorkedExampleAsTheJavaSdkAsksForIt() throws IOException {
    // Java writes = in this way
    Reply reply = post(SIGN, body("primary", TEXT).replace("=", "\\u003d"));

    assertEquals("HTTP/1.1 200 OK", reply.statusLine());
    assertEquals(
        "Twyhi4nlMdkArxVdlKuB6FozCfonqyDwfL1pQP3Wahw=", reply.json().path("digest").asText());
  }

  @Test
  void givesTheAuthorityAndNothingElseOfItsFile() throws IOException {
    Reply reply = get("/trust-bundle?api-version=2018-06-28");

    assertEquals("HTTP/1.1 200 OK", reply.statusLine());
    assertEquals(CERTIFICATE, reply.json().path("certificate").asText());
  }

  @Test
  void saysWhyThereIsNoAuthorityYet() throws IOException {
    Files.delete(directory.resolve("tls/ca.pem"));

    Reply reply = get("/trust-bundle");

    assertEquals("HTTP/1.1 404 NotFound", reply.statusLine());
    assertTrue(reply.message().contains("listeners.mqtts"), reply.message());
  }

  @Test
  void answersInAFormThatTheSimplestReaderTakes() throws IOException {
    for (Reply reply :
        List.of(get("/trust-bundle"), get("/nothing"), post(SIGN, "{}"), post(SIGN, "x"))) {
      assertEquals(3, reply.statusLine().split(" ").length, reply.statusLine());
      String headers = reply.headers().toLowerCase(Locale.ROOT);
      assertTrue(headers.contains("connection: close"), headers);
      assertTrue(headers.contains("content-length: " + reply.body().length()), headers);
      assertFalse(headers.contains("chunked"), headers);
      assertFalse(reply.body().contains("\n"), reply.body());
      assertTrue(reply.body().chars().allMatch(c -> c < 128), reply.body());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/modules/stranger/genid/1/sign, 404, identity add edge/stranger",
    "/modules/m/genid/1/sign, 404, edge/m is not registered",
    "/modules/off/genid/1/sign, 403, disabled",
    "/modules/plain/genid/1/sign, 403, no keys",
    "/modules/%24edgeHub/genid/1/sign, 403, own modules",
    "/modules/$edgeHub/genid/1/sign, 403, own modules",
    "/modules/..%2Fother/genid/1/sign, 400, module id",
    "/modules/a%00b/genid/1/sign, 400, module id",
    "/modules/filter/genid/1, 404, expected GET",
    "/modules/filter/genid/1/encrypt, 404, expected GET",
  })
  void refusesToSign(String path, int status, String why) throws IOException {
    Reply reply = post(path, body("primary", TEXT));

    assertEquals("HTTP/1.1 " + status, reply.statusLine().substring(0, 12));
    assertTrue(reply.message().contains(why), reply.message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"keyId\":\"primary\",\"algo\":\"HMACSHA256\"} | data",
        "{\"keyId\":\"primary\",\"algo\":\"HMACSHA256\",\"data\":7} | data",
        "{\"keyId\":\"primary\",\"algo\":\"HMACSHA256\",\"data\":\"!\"} | data",
        "{\"keyId\":\"primary\",\"algo\":\"MD5\",\"data\":\"YQ==\"} | algo",
        "{\"keyId\":\"secondary\",\"data\":\"YQ==\"} | keyId",
        "{\"keyId\":\"third\",\"data\":\"YQ==\"} | keyId",
        "not json | JSON",
        "[1] | data",
      })
  void tellsWhatIsWrongWithARequest(String body, String why) throws IOException {
    Reply reply = post(SIGN, body);

    assertEquals("HTTP/1.1 400 BadRequest", reply.statusLine());
    assertTrue(reply.message().contains(why), reply.message());
  }

  @Test
  void percentEncodedNamesAreDecoded() throws IOException {
    assertEquals(
        "HTTP/1.1 200 OK",
        post("/modules/f%69lter/genid/1/sign", body("primary", TEXT)).statusLine());
  }

  @Test
  void aRequestThatIsTooLargeIsRefusedInThreeWords() throws IOException {
    Reply reply = post(SIGN, " ".repeat(100_000));

    assertEquals("HTTP/1.1 413 TooLarge", reply.statusLine());
  }

  @Test
  void aWebPageOfAnotherNameGetsNothing() throws IOException {
    Reply reply = ask(tcp(), "GET /trust-bundle HTTP/1.1\r\nHost: evil.example\r\n\r\n");

    assertEquals("HTTP/1.1 403 Forbidden", reply.statusLine());
  }

  @Test
  void servesAUnixSocketThatOnlyItsOwnerMayUse() throws IOException {
    Path socket = directory.resolve("run/workload.sock");
    try (WorkloadServer unix = listen("unix:" + socket)) {
      Reply reply =
          ask(
              UnixDomainSocketAddress.of(socket),
              request("POST", SIGN, "localhost", body("primary", TEXT)));

      assertEquals("HTTP/1.1 200 OK", reply.statusLine());
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
      assertEquals(-1, unix.port());
      HubException second =
          assertThrows(HubException.class, () -> listen("unix:" + socket).close());
      assertEquals(ErrorCode.PORT_UNAVAILABLE, second.code());
      try (var files = Files.list(socket.getParent())) {
        assertEquals(List.of(socket), files.toList());
      }
    }
    assertFalse(Files.exists(socket));
  }

  @Test
  void replacesASocketThatWasLeftBehindButNoOtherFile() throws IOException {
    Path socket = directory.resolve("s");
    try (var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(socket));
    }
    listen("unix:" + socket).close();

    Path file = Files.writeString(directory.resolve("file"), "mine");
    assertThrows(HubException.class, () -> listen("unix:" + file).close());
    assertEquals("mine", Files.readString(file));
  }

  private static String body(String keyId, String text) {
    return "{\"keyId\":\""
        + keyId
        + "\",\"algo\":\"HMACSHA256\",\"data\":\""
        + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
        + "\"}";
  }

  private Reply get(String path) throws IOException {
    return ask(tcp(), request("GET", path, "127.0.0.1:" + server.port(), ""));
  }

  private Reply post(String path, String body) throws IOException {
    return ask(tcp(), request("POST", path, "localhost:" + server.port(), body));
  }

  private static String request(String method, String path, String host, String body) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: "
        + host
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private SocketAddress tcp() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
  }

  /** What came until the end of the connection. */
  private record Reply(String headers, String body) {
    String statusLine() {
      return headers.lines().findFirst().orElse("");
    }

    JsonNode json() throws IOException {
      return new JsonMapper().readTree(body);
    }

    String message() throws IOException {
      return json().path("message").asText();
    }
  }

  private static Reply ask(SocketAddress address, String request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(address)) {
      ByteBuffer out = ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8));
      try {
        while (out.hasRemaining()) {
          channel.write(out);
        }
      } catch (IOException e) {
        // refused before all of it was taken; the answer is there
      }
      ByteArrayOutputStream in = new ByteArrayOutputStream();
      ByteBuffer chunk = ByteBuffer.allocate(4_096);
      try {
        while (channel.read(chunk) >= 0) {
          in.write(chunk.array(), 0, chunk.position());
          chunk.clear();
        }
      } catch (IOException e) {
        // reset after the answer
      }
      String all = in.toString(StandardCharsets.US_ASCII);
      int end = all.indexOf("\r\n\r\n");
      return new Reply(all.substring(0, end), all.substring(end + 4));
    }
  }
}
