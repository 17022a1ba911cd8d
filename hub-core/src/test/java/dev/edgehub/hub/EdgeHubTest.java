package dev.edgehub.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.delivery.DeliveryOutcome;
import dev.edgehub.delivery.ParkedQueue;
import dev.edgehub.delivery.SinkStatus;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.LossReport;
import dev.edgehub.store.LostRange;
import dev.edgehub.store.OffsetRange;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueStats;
import dev.edgehub.store.StoreException;
import dev.edgehub.testing.Await;
import dev.edgehub.testing.MessageFixtures;
import dev.edgehub.testing.ScriptedSink;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeHubTest {

  private static final String ALL_UP = "all=FROM /messages/* INTO $upstream";
  private static final String ALL_IN =
      "in=FROM /messages/* INTO BrokeredEndpoint(\"/modules/agg/inputs/in1\")";
  private static final SinkId.ModuleInput IN1 = new SinkId.ModuleInput("agg", "in1");

  @TempDir Path directory;

  @Test
  void putsAManifestsRoutesInForce() {
    try (OpenHub open = new OpenHub(directory)) {
      ApplyResult result = open.apply(ALL_UP, ALL_IN);

      assertEquals(new ApplyResult(true, 2, List.of(), List.of()), result);
      assertEquals(2, open.hub.routes().targets().size());
      assertEquals(HubHealth.Status.OK, open.hub.health().status());
    }
  }

  @Test
  void keepsTheOldRoutesWhenTheNewManifestIsWrong() {
    try (OpenHub open = new OpenHub(directory)) {
      open.apply(ALL_UP);

      ApplyResult badRoute = open.apply(ALL_IN, "b=FROM /* TO $upstream");
      ApplyResult badManifest = open.hub.apply(new byte[] {'{'});

      assertFalse(badRoute.applied());
      assertTrue(badRoute.issues().get(0).contains("b"), badRoute.issues().toString());
      assertFalse(badManifest.applied());
      assertEquals(1, badManifest.routes());
      assertEquals("all", open.hub.routes().targets().get(0).route());
      assertEquals(PublishOutcome.STORED, open.publish("x"));
      assertEquals(1, open.stats(SinkId.UPSTREAM).depth());
    }
  }

  @Test
  void isDegradedWhileTheLastManifestIsWrong() {
    try (OpenHub open = new OpenHub(directory)) {
      open.apply(ALL_UP);
      open.apply("b=FROM /* TO $upstream");
      HubHealth wrong = open.hub.health();

      open.apply(ALL_UP);

      assertEquals(HubHealth.Status.DEGRADED, wrong.status());
      assertTrue(wrong.problems().get(0).contains("1 routes"), wrong.problems().toString());
      assertEquals(HubHealth.Status.OK, open.hub.health().status());
    }
  }

  @Test
  void handsWarningsOn() {
    try (OpenHub open = new OpenHub(directory)) {
      ApplyResult result = open.apply("w=FROM /* WHERE $body.x > 5 INTO $upstream");

      assertTrue(result.applied());
      assertEquals(1, result.warnings().size());
    }
  }

  @Test
  void queuesAMessageForEverySinkOfItsRoutes() {
    try (OpenHub open = new OpenHub(directory)) {
      open.apply(ALL_UP, ALL_IN);

      PublishOutcome outcome = open.publish("a", "b");

      assertEquals(PublishOutcome.STORED, outcome);
      assertEquals(2, open.stats(SinkId.UPSTREAM).depth());
      assertEquals(2, open.stats(IN1).depth());
    }
  }

  @Test
  void theShorterOfTheSendersTimeAndTheRoutesCounts() {
    try (OpenHub open = new OpenHub(directory)) {
      open.apply(ALL_UP);
      ScriptedSink link = ScriptedSink.holding();
      open.hub.sinks().upstream(link);

      PublishBatch batch = open.hub.newBatch();
      batch.add(MessageFixtures.message("shorter"), 600_000);
      batch.add(MessageFixtures.message("longer"), 4_294_967_295_000L);
      batch.add(MessageFixtures.message("unsaid"), PublishBatch.FOR_EVER);
      Await.<PublishOutcome>outcome(done -> open.hub.publish(batch, done));
      Await.until("all are on their way", () -> link.open() == 3);

      // the routes say two hours
      List<Boolean> shorter =
          link.seen().stream().map(delivery -> delivery.remainingMillis() <= 600_000).toList();
      assertEquals(List.of(true, false, false), shorter);
      assertTrue(link.seen().get(1).remainingMillis() <= 7_200_000);
    }
  }

  @Test
  void storesNothingThatNoRouteTakes() {
    try (OpenHub open = new OpenHub(directory)) {
      PublishBatch batch = open.hub.newBatch();
      PublishOutcome outcome = open.publish("a");

      assertTrue(batch.isEmpty());
      assertEquals(PublishOutcome.STORED, outcome);
      assertEquals(List.of(), open.hub.queues());
    }
  }

  @Test
  void leavesStoredMessagesAloneWhenRoutesChange() {
    try (OpenHub open = new OpenHub(directory)) {
      open.apply(ALL_UP);
      open.publish("old");

      open.apply(ALL_IN);
      open.publish("new");

      assertEquals(1, open.stats(SinkId.UPSTREAM).depth());
      assertEquals(1, open.stats(IN1).depth());
      Await.until(
          "the sink without a route is detached",
          () -> open.hub.sinks().status(SinkId.UPSTREAM).state() == SinkStatus.State.DETACHED);
    }
  }

  @Test
  void saysFullWhenThereIsNoRoom() {
    try (OpenHub open = new OpenHub(directory, 10_000)) {
      open.apply(ALL_UP);
      PublishOutcome first = open.publish("a".repeat(9_500));

      PublishOutcome second = open.publish("b".repeat(9_500));

      assertEquals(PublishOutcome.STORED, first);
      assertEquals(PublishOutcome.FULL, second);
      assertEquals(1, open.stats(SinkId.UPSTREAM).depth());
      Await.until("health tells it", () -> open.hub.health().status() == HubHealth.Status.DEGRADED);
      assertTrue(open.hub.health().problems().get(0).contains("full"));
    }
  }

  @Test
  void saysClosedWhenTheStoreIs() {
    try (OpenHub open = new OpenHub(directory)) {
      open.apply(ALL_UP);
      open.closeStore();

      assertEquals(PublishOutcome.CLOSED, open.publish("a"));
    }
  }

  @Test
  void hasFailedWhenItsStoreHas() {
    try (OpenHub open = new OpenHub(directory)) {
      open.watch.failed(new StoreException(StoreException.Kind.IO, "sync failed", null));

      assertEquals(
          new HubHealth(HubHealth.Status.FAILED, List.of("the store has failed: sync failed")),
          open.hub.health());
    }
  }

  @Test
  void isDegradedOnceItsStoreHasLostSomething() {
    QueueId queue = new QueueId("upstream", 5);
    LostRange lost = new LostRange(queue, new OffsetRange(7, 9));
    try (OpenHub open = new OpenHub(directory)) {
      open.watch.lost(new LossReport(1, "flipped", "", List.of(), List.of()));
      HubHealth repaired = open.hub.health();
      open.watch.lost(new LossReport(2, "flipped", "", List.of(lost), List.of()));
      open.watch.lost(
          new LossReport(
              3, "cut", "", List.of(new LostRange(queue, new OffsetRange(9, 10))), List.of()));

      HubHealth now = open.hub.health();

      assertEquals(HubHealth.Status.DEGRADED, repaired.status());
      assertTrue(repaired.problems().get(0).contains("no message is lost"));
      assertEquals(HubHealth.Status.DEGRADED, now.status());
      assertEquals(
          List.of(
              "3 messages were lost to damage of the store's files, the first at"
                  + " upstream priority 5 offsets 7..8; the log names all of them; check the disk"),
          now.problems());
    }
  }

  @Test
  void givesEachMessageAnIdOfItsOwn() {
    try (OpenHub open = new OpenHub(directory)) {
      assertNotEquals(open.hub.newMessageId(), open.hub.newMessageId());
    }
  }

  @Test
  void conservesEveryMessageAcrossAReopening() {
    try (OpenHub open = new OpenHub(directory)) {
      open.apply(ALL_UP);
      ScriptedSink link = ScriptedSink.holding();
      open.hub.sinks().upstream(link);
      open.publish("a", "b", "c", "d");
      Await.until("all are on their way", () -> link.open() == 4);
      link.answer("b", DeliveryOutcome.ACCEPTED);
      link.answer("c", new DeliveryOutcome.Refused("too large"));
      Await.until("two have left", () -> open.stats(SinkId.UPSTREAM).depth() == 2);
      assertConserved(open.stats(SinkId.UPSTREAM), 1, 1, 2);
    }

    try (OpenHub open = new OpenHub(directory)) {
      assertConserved(open.stats(SinkId.UPSTREAM), 1, 1, 2);
      open.apply(ALL_UP);
      open.publish("e");
      ScriptedSink link = ScriptedSink.accepting();

      open.hub.sinks().upstream(link);
      Await.until("the queue is empty", () -> open.stats(SinkId.UPSTREAM).depth() == 0);

      assertEquals(List.of("a", "d", "e"), link.bodies());
      assertConserved(open.stats(SinkId.UPSTREAM), 4, 1, 0);
    }
  }

  @Test
  void keepsASenderApartThatItsSinkTakesNothingOfAcrossAReopening() {
    SinkStatus.State parked;
    try (OpenHub open = new OpenHub(directory)) {
      open.apply(ALL_UP);
      open.publish("a", "b", "c");
      open.hub
          .sinks()
          .upstream(ScriptedSink.answering(delivery -> new DeliveryOutcome.Unwelcome("not you")));
      Await.until("all are moved", () -> open.stats(SinkId.UPSTREAM).left().moved() == 3);
      parked = parkedQueue(open).sink().state();
    }

    try (OpenHub open = new OpenHub(directory)) {
      open.apply(ALL_UP);
      open.publish("d");
      ScriptedSink link = ScriptedSink.accepting();
      assertEquals(3, parkedQueue(open).stats().depth());

      open.hub.sinks().upstream(link);
      Await.until("all are delivered", () -> link.bodies().size() == 4);
      Await.until("all are counted", () -> delivered(open) == 4);

      assertEquals(List.of("a", "b", "c", "d"), link.bodies());
      assertEquals(0, parkedQueue(open).stats().depth());
      assertEquals(0, parkedQueue(open).stats().difference());
    }
    assertEquals(SinkStatus.State.PARKED, parked);
  }

  /** From whichever queue: d may have been moved, too. */
  private static long delivered(OpenHub open) {
    return open.hub.queues().stream().mapToLong(report -> report.stats().left().delivered()).sum();
  }

  private static QueueReport parkedQueue(OpenHub open) {
    return open.hub.queues().stream()
        .filter(report -> ParkedQueue.of(report.stats().queue()).isPresent())
        .findFirst()
        .orElseThrow();
  }

  private static void assertConserved(
      QueueStats stats, long delivered, long deadLettered, long depth) {
    assertEquals(delivered, stats.left().delivered());
    assertEquals(deadLettered, stats.left().deadLettered());
    assertEquals(depth, stats.depth());
    assertEquals(0, stats.left().expired());
    assertEquals(delivered + deadLettered + depth, stats.appended());
  }
}
