package dev.edgehub.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.delivery.DeliveryOutcome;
import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageSource;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.QueueStats;
import dev.edgehub.store.WhenFull;
import dev.edgehub.testing.Await;
import dev.edgehub.testing.MessageFixtures;
import dev.edgehub.testing.ScriptedSink;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of messages that there is no room for, under each policy. */
final class WhenFullTest {

  private static final String ROUTES =
      """
      {"modulesContent": {"$edgeHub": {"properties.desired": {
        "schemaVersion": "1.1",
        "routes": {
          "alarms": {"route": "FROM /messages/modules/alarm/* INTO $upstream", "priority": 0},
          "readings": {"route": "FROM /messages/modules/reading/* INTO $upstream", "priority": 5},
          "traces": {"route": "FROM /messages/modules/trace/* \
      INTO BrokeredEndpoint(\\"/modules/log/inputs/in\\")", "maxBytes": 2500}
        },
        "storeAndForwardConfiguration": {"timeToLiveSecs": 7200}}}}}
      """;

  @TempDir Path directory;

  private OpenHub open(WhenFull policy) {
    OpenHub open = new OpenHub(directory, 8_000, policy);
    assertTrue(open.hub.apply(ROUTES.getBytes(StandardCharsets.UTF_8)).applied());
    return open;
  }

  /** About 1,000 bytes of a module. */
  private static Message message(String module, String body) {
    MessageSource source = MessageSource.of(new Identity.Module("edge-01", module), null);
    return MessageFixtures.message(source, body + ".".repeat(850));
  }

  private static PublishOutcome publish(OpenHub open, Message... messages) {
    PublishBatch batch = open.hub.newBatch();
    for (Message message : messages) {
      batch.add(message);
    }
    return Await.outcome(done -> open.hub.publish(batch, done));
  }

  private static QueueStats stats(OpenHub open, int priority) {
    return open.hub.queues().stream()
        .map(QueueReport::stats)
        .filter(stats -> stats.queue().priority() == priority)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> received(ScriptedSink link) {
    return link.bodies().stream().map(body -> body.substring(0, body.indexOf('.'))).toList();
  }

  private static void assertConserved(OpenHub open) {
    for (QueueReport report : open.hub.queues()) {
      QueueStats stats = report.stats();
      assertEquals(stats.appended(), stats.left().total() + stats.depth());
    }
  }

  @Test
  void keepsEverythingAndTakesNothingMoreWhenItRejects() {
    try (OpenHub open = open(WhenFull.REJECT)) {
      int stored = 0;
      while (publish(open, message("reading", "" + stored)) == PublishOutcome.STORED) {
        stored++;
      }

      assertTrue(stored > 5, stored + " are stored");
      assertEquals(stored, stats(open, 5).depth());
      assertEquals(PublishOutcome.FULL, publish(open, message("alarm", "a")));
      assertConserved(open);
    }
  }

  @Test
  void deliversTheLatestWhenItDropsTheOldest() {
    try (OpenHub open = open(WhenFull.DROP_OLDEST)) {
      for (int i = 0; i < 30; i++) {
        assertEquals(PublishOutcome.STORED, publish(open, message("reading", "" + i)));
      }
      QueueStats full = stats(open, 5);
      assertTrue(full.left().evicted() > 20, full.toString());
      Await.until("health tells", () -> open.hub.health().status() == HubHealth.Status.DEGRADED);
      assertTrue(open.hub.health().problems().get(0).contains("evicted"));

      ScriptedSink link = ScriptedSink.accepting();
      open.hub.sinks().upstream(link);
      Await.until("the queue is empty", () -> stats(open, 5).depth() == 0);

      // what the pump had read ahead before it was evicted may come first
      List<String> received = received(link);
      int kept = (int) full.depth();
      assertEquals(
          IntStream.range(30 - kept, 30).mapToObj(Integer::toString).toList(),
          received.subList(received.size() - kept, received.size()));
      assertEquals(kept, stats(open, 5).left().delivered());
      assertConserved(open);
      Await.until("health is well", () -> open.hub.health().status() == HubHealth.Status.OK);
    }
  }

  @Test
  void keepsTheAlarmsWhenItDropsTheLowestPriority() {
    try (OpenHub open = open(WhenFull.DROP_LOWEST_PRIORITY)) {
      for (int i = 0; i < 4; i++) {
        publish(open, message("alarm", "alarm " + i));
      }
      for (int i = 0; i < 20; i++) {
        assertEquals(PublishOutcome.STORED, publish(open, message("reading", "" + i)));
      }
      assertEquals(4, stats(open, 0).depth());
      for (int i = 4; i < 12; i++) {
        assertEquals(PublishOutcome.STORED, publish(open, message("alarm", "alarm " + i)));
      }

      assertEquals(0, stats(open, 5).depth());
      assertTrue(stats(open, 0).left().evicted() > 0);
      assertEquals(PublishOutcome.FULL, publish(open, message("reading", "20")));
      assertEquals(
          PublishOutcome.FULL, publish(open, message("alarm", "12"), message("reading", "20")));
      assertConserved(open);
    }
  }

  @Test
  void countsOnceWhatIsEvictedWhileItIsUnderWay() {
    try (OpenHub open = open(WhenFull.DROP_OLDEST)) {
      ScriptedSink link = ScriptedSink.holding();
      open.hub.sinks().upstream(link);
      publish(open, message("reading", "first"));
      Await.until("it is under way", () -> link.open() == 1);
      for (int i = 0; i < 20; i++) {
        publish(open, message("reading", "" + i));
      }
      assertTrue(stats(open, 5).left().evicted() > 0);

      link.answerFirst(DeliveryOutcome.ACCEPTED);
      publish(open, message("alarm", "after"));
      Await.until("the next are under way", () -> received(link).contains("after"));

      assertEquals(0, stats(open, 5).left().delivered());
      assertConserved(open);
    }
  }

  @Test
  void judgesARouteWithALimitByItsQueueAlone() {
    try (OpenHub open = open(WhenFull.REJECT)) {
      for (int i = 0; i < 3; i++) {
        assertEquals(PublishOutcome.STORED, publish(open, message("trace", "" + i)));
      }

      assertEquals(PublishOutcome.FULL, publish(open, message("trace", "3")));
      assertEquals(PublishOutcome.STORED, publish(open, message("reading", "a")));
      Await.until("health tells", () -> open.hub.health().status() == HubHealth.Status.DEGRADED);
      assertTrue(open.hub.health().problems().get(0).contains("its route allows 2500"));

      ScriptedSink link = ScriptedSink.accepting();
      open.hub.sinks().connect("log", input -> link);
      Await.until("room", () -> publish(open, message("trace", "3")) == PublishOutcome.STORED);
      Await.until("health is well", () -> open.hub.health().status() == HubHealth.Status.OK);
      assertConserved(open);
    }
  }

  @Test
  void dropsTheOldestOfARouteWithALimit() {
    try (OpenHub open = open(WhenFull.DROP_LOWEST_PRIORITY)) {
      publish(open, message("reading", "a"));
      for (int i = 0; i < 10; i++) {
        assertEquals(PublishOutcome.STORED, publish(open, message("trace", "" + i)));
      }

      QueueStats traces = open.stats(new SinkId.ModuleInput("log", "in"));
      assertEquals(3, traces.depth());
      assertEquals(7, traces.left().evicted());
      assertEquals(1, stats(open, 5).depth());
      assertConserved(open);
    }
  }
}
