package dev.edgehub.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.deadletter.DeadLetter;
import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageSource;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.Departures;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueStats;
import dev.edgehub.testing.MessageFixtures;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HubMetersTest {

  private static final SinkId IN1 = new SinkId.ModuleInput("agg", "in1");
  private static final Message ALERT =
      MessageFixtures.message(MessageSource.of(MessageFixtures.PROBE, "alerts"), "12345");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final HubMeters meters = new HubMeters(registry, "hub", "edge-01", "run-1");

  private double count(MeterName name, String... tags) {
    return registry.get(name.meter()).tags(tags).counter().count();
  }

  private long series(MeterName name) {
    return registry.getMeters().stream()
        .filter(meter -> meter.getId().getName().equals(name.meter()))
        .count();
  }

  @Test
  void countsReceivedMessagesAndTheirSize() {
    meters.received(ALERT);
    meters.received(ALERT);

    assertEquals(
        2, count(MeterName.MESSAGES_RECEIVED, "id", "edge-01/probe", "route_output", "alerts"));
    assertEquals(10, registry.get(MeterName.MESSAGE_SIZE.meter()).summary().totalAmount());
  }

  @Test
  void countsDeliveredMessagesByTheirWay() {
    meters.delivered(IN1, 3, ALERT, 1_500, 2_000_000);
    meters.delivered(SinkId.UPSTREAM, 3, ALERT, 1, 1);

    assertEquals(
        1,
        count(
            MeterName.MESSAGES_SENT,
            "from",
            "edge-01/probe",
            "from_route_output",
            "alerts",
            "to",
            "edge-01/agg",
            "to_route_input",
            "in1",
            "priority",
            "3"));
    assertEquals(1, count(MeterName.MESSAGES_SENT, "to", "upstream", "to_route_input", ""));
    assertEquals(
        1_500,
        registry
            .get(MeterName.MESSAGE_PROCESS_DURATION.meter())
            .tag("to", "edge-01/agg")
            .timer()
            .totalTime(TimeUnit.MILLISECONDS));
    assertEquals(
        2,
        registry
            .get(MeterName.MESSAGE_SEND_DURATION.meter())
            .tag("to", "edge-01/agg")
            .timer()
            .totalTime(TimeUnit.MILLISECONDS));
  }

  @Test
  void countsWhatLeavesUndeliveredByReason() {
    meters.unrouted(ALERT.source());
    meters.expired(IN1, 0, ALERT);
    meters.purged(2);
    meters.deadLettersDropped(3);
    meters.deadLettersEvicted(IN1, 4);
    meters.deadLettered(IN1, 0, ALERT, DeadLetter.Cause.REFUSED, "too large");
    meters.deadLettered(IN1, 0, null, DeadLetter.Cause.UNREADABLE, "offset 3");

    assertEquals(1, count(MeterName.MESSAGES_DROPPED, "reason", "no_route"));
    assertEquals(1, count(MeterName.MESSAGES_DROPPED, "reason", "ttl_expiry"));
    assertEquals(2, count(MeterName.MESSAGES_DROPPED, "reason", "purged"));
    assertEquals(3, count(MeterName.MESSAGES_DROPPED, "reason", "dead_letter_dropped"));
    assertEquals(4, count(MeterName.MESSAGES_DROPPED, "reason", "dead_letter_overflow"));
    assertEquals(1, count(MeterName.DEAD_LETTERED, "reason", "refused"));
    assertEquals(1, count(MeterName.DEAD_LETTERED, "reason", "unreadable"));
    assertEquals(
        1, count(MeterName.EXPIRED, "endpoint", "modules/agg/inputs/in1", "priority", "0"));
  }

  @Test
  void countsWhatIsEvictedPerQueue() {
    meters.evicted(new QueueId("upstream", 5), 7, 900);
    meters.evicted(new QueueId("upstream", 5), 2, 100);
    meters.evicted(new QueueId("upstream", 9), 1, 100);

    assertEquals(9, count(MeterName.EVICTED, "endpoint", "upstream", "priority", "5"));
  }

  @Test
  void showsTheQueuesAsTheyAreNow() {
    QueueId queue = new QueueId("upstream", 5);

    meters.queues(
        List.of(new QueueStats(queue, 9, new Departures(4, 0, 0, 0, 0, 2, 0), 3, 77, 4_000)),
        6_500);
    double age = gauge(MeterName.QUEUE_OLDEST_AGE);
    meters.queues(
        List.of(new QueueStats(queue, 9, new Departures(7, 0, 0, 0, 0, 2, 0), 0, 0, 0)), 9_000);

    assertEquals(2.5, age);
    assertEquals(0, gauge(MeterName.QUEUE_LENGTH));
    assertEquals(0, gauge(MeterName.QUEUE_BYTES));
    assertEquals(0, gauge(MeterName.QUEUE_OLDEST_AGE));
    assertEquals(2, gauge(MeterName.QUEUE_LOST));
  }

  private double gauge(MeterName name) {
    return registry.get(name.meter()).tags("endpoint", "upstream", "priority", "5").gauge().value();
  }

  @Test
  void addsTheQueuesOfParkedSendersToTheirSinks() {
    QueueId queue = new QueueId("upstream", 5);
    QueueId parked = new QueueId("parked/upstream/from/leaf-9", 5);

    meters.queues(
        List.of(
            new QueueStats(parked, 2, Departures.NONE, 2, 30, 1_000),
            new QueueStats(queue, 9, new Departures(4, 0, 0, 0, 0, 0, 2), 3, 77, 4_000)),
        6_500);
    meters.evicted(parked, 2, 30);

    assertEquals(5, gauge(MeterName.QUEUE_LENGTH));
    assertEquals(107, gauge(MeterName.QUEUE_BYTES));
    assertEquals(5.5, gauge(MeterName.QUEUE_OLDEST_AGE));
    assertEquals(0, gauge(MeterName.QUEUE_CONSERVATION));
    assertEquals(2, count(MeterName.EVICTED, "endpoint", "upstream", "priority", "5"));
  }

  @Test
  void forgetsTheQueuesThatAreGone() {
    QueueId queue = new QueueId("upstream", 5);
    meters.queues(List.of(new QueueStats(queue, 1, Departures.NONE, 1, 7, 1)), 2);

    meters.queues(List.of(), 3);

    assertNull(registry.find(MeterName.QUEUE_LENGTH.meter()).gauge());
  }

  @Test
  void recordsAThousandClientsPerMeterAndNotOneMore() {
    for (int i = 0; i < 1_500; i++) {
      MessageSource source = MessageSource.of(new Identity.Device("d" + i));
      meters.received(MessageFixtures.message(source, "x"));
      meters.unrouted(source);
      meters.clientConnected("d" + i);
    }
    meters.received(MessageFixtures.message(MessageSource.of(new Identity.Device("d7")), "x"));

    assertEquals(1_000, series(MeterName.MESSAGES_RECEIVED));
    assertEquals(1_000, series(MeterName.MESSAGE_SIZE));
    assertEquals(1_000, series(MeterName.MESSAGES_DROPPED));
    assertEquals(1_000, series(MeterName.CLIENT_CONNECT_SUCCESS));
    assertEquals(2, count(MeterName.MESSAGES_RECEIVED, "id", "d7"));
  }

  @Test
  void recordsAThousandOutputsOfOneModuleAndNotOneMore() {
    for (int i = 0; i < 1_500; i++) {
      Message message =
          MessageFixtures.message(MessageSource.of(MessageFixtures.PROBE, "o" + i), "x");
      meters.received(message);
      meters.unrouted(message.source());
      meters.delivered(IN1, 0, message, 1, 1);
    }

    for (MeterName name :
        List.of(
            MeterName.MESSAGES_RECEIVED,
            MeterName.MESSAGES_DROPPED,
            MeterName.MESSAGES_SENT,
            MeterName.MESSAGE_SEND_DURATION)) {
      assertTrue(series(name) <= 1_000, () -> name + " has " + series(name));
    }
  }

  @Test
  void goesOnWhenASeriesIsNotRecorded() {
    for (int i = 0; i < 2_000; i++) {
      Identity.Device device = new Identity.Device("d" + i);
      Message message = MessageFixtures.message(MessageSource.of(device), "x");
      meters.delivered(IN1, 0, message, 1, 1);
      meters.expired(IN1, 0, message);
    }

    assertEquals(2_000, count(MeterName.EXPIRED));
  }
}
