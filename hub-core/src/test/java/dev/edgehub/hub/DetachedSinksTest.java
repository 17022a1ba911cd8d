package dev.edgehub.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.delivery.SinkStatus;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.Removal;
import dev.edgehub.testing.Await;
import dev.edgehub.testing.ScriptedSink;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queues whose route is gone. */
class DetachedSinksTest {

  private static final String UP = "up=FROM /messages/* INTO $upstream";
  private static final String IN =
      "in=FROM /messages/* INTO BrokeredEndpoint(\"/modules/agg/inputs/in1\")";

  @TempDir Path directory;

  private static QueueReport report(OpenHub open) {
    return open.hub.queues().stream()
        .filter(queue -> queue.stats().queue().sink().equals("upstream"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void keepsAQueueWithoutARouteAcrossARestartUntilTheRouteIsBack() {
    long since;
    try (OpenHub open = new OpenHub(directory)) {
      open.apply(UP);
      open.publish("a", "b");
      assertEquals(0, report(open).detachedMillis());
      open.apply(IN);
      since = report(open).detachedMillis();
      assertTrue(since > 0);
    }

    try (OpenHub open = new OpenHub(directory)) {
      open.apply(IN);
      ScriptedSink link = ScriptedSink.accepting();
      open.hub.sinks().upstream(link);
      Await.until("detached", () -> report(open).sink().state() == SinkStatus.State.DETACHED);
      assertEquals(since, report(open).detachedMillis());
      assertEquals(2, report(open).stats().depth());

      open.apply(UP);
      Await.until("delivered", () -> report(open).stats().depth() == 0);

      assertEquals(List.of("a", "b"), link.bodies());
      assertEquals(0, report(open).detachedMillis());
    }
    try (OpenHub open = new OpenHub(directory)) {
      assertEquals(0, report(open).detachedMillis());
    }
  }

  @Test
  void isPurgedByCommand() throws Exception {
    try (OpenHub open = new OpenHub(directory)) {
      open.apply(UP);
      open.publish("a", "b", "c");
      open.apply(IN);
      CompletableFuture<Removal> told = new CompletableFuture<>();

      boolean known = open.hub.purge(SinkId.UPSTREAM, OptionalInt.empty(), told::complete);

      assertTrue(known);
      assertEquals(new Removal(AppendOutcome.DURABLE, 3), told.get(30, TimeUnit.SECONDS));
      assertEquals(3, report(open).stats().left().dropped());
      assertEquals(0, report(open).stats().difference());
    }
  }

  @Test
  void knowsWhichQueuesThereAre() {
    try (OpenHub open = new OpenHub(directory)) {
      open.apply(UP);
      open.publish("a");

      assertFalse(open.hub.purge(SinkId.UPSTREAM, OptionalInt.of(1), removal -> {}));
      assertFalse(
          open.hub.purge(new SinkId.ModuleInput("m", "i"), OptionalInt.empty(), removal -> {}));
      assertEquals(1, report(open).stats().depth());
    }
  }
}
