package dev.edgehub.mqtt.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.config.HubConfig;
import dev.edgehub.deadletter.DeadLetters;
import dev.edgehub.hub.HubHealth;
import dev.edgehub.hub.QueueReport;
import dev.edgehub.message.SinkId;
import dev.edgehub.mqtt.server.EventLoops;
import dev.edgehub.mqtt.session.ClientFigures;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.upstream.UpstreamStatus;
import dev.edgehub.store.Removal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(DefectWatch.class)
@Timeout(60)
final class AdminServerTest {

  @TempDir Path directory;

  @Test
  void dropsAnAnswerThatComesAfterTheEnd() throws IOException, InterruptedException {
    BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    EventLoops loops = new EventLoops();
    AdminServer server =
        new AdminServer(
            new HubConfig.Listener("127.0.0.1", 0, true),
            loops,
            new Healthy(),
            AdminToken.of(directory),
            InstantSource.system(),
            waiting::add);
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client.setSoTimeout(20_000); // a read does not hear the test's own limit
      String request = "GET /health HTTP/1.1\r\nHost: localhost:" + server.port() + "\r\n\r\n";
      client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      Runnable answer = waiting.take();
      server.close();
      loops.close();

      answer.run();

      assertEquals(-1, client.getInputStream().read());
    }
  }

  private static final class Healthy implements AdminSource {
    @Override
    public String metrics() {
      return "";
    }

    @Override
    public HubHealth health() {
      return new HubHealth(HubHealth.Status.OK, List.of());
    }

    @Override
    public List<QueueReport> queues() {
      return List.of();
    }

    @Override
    public List<ClientFigures> clients() {
      return List.of();
    }

    @Override
    public UpstreamStatus upstream() {
      return new UpstreamStatus("off", 0, null, 0);
    }

    @Override
    public Operations operations() {
      return new NoOperations();
    }
  }

  private static final class NoOperations implements Operations {
    @Override
    public DeadLetters deadLetters() {
      throw unexpected();
    }

    @Override
    public void deadLettersDropped(long letters) {
      throw unexpected();
    }

    @Override
    public boolean purge(SinkId sink, OptionalInt priority, Consumer<Removal> done) {
      throw unexpected();
    }

    private static UnsupportedOperationException unexpected() {
      return new UnsupportedOperationException("these requests change nothing");
    }
  }
}
