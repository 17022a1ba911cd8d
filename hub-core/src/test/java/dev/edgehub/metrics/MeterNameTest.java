package dev.edgehub.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.deadletter.DeadLetter;
import dev.edgehub.deadletter.DeadLetterQueues;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageSource;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.Departures;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueStats;
import dev.edgehub.testing.MessageFixtures;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names, labels and sentences as they are scraped. */
class MeterNameTest {

  private static final String WAY = "from,from_route_output,to,to_route_input";

  @Test
  void hasASentenceForEveryMeter() {
    Set<String> names = new HashSet<>();

    for (MeterName name : MeterName.values()) {
      assertTrue(name.sentence().length() > 10, name.name());
      assertTrue(Character.isUpperCase(name.sentence().charAt(0)), name.sentence());
      assertTrue(name.meter().matches("edgehub(\\.[a-z]+)+"), name.meter());
      assertTrue(names.add(name.meter()), name.meter());
    }
  }

  @Test
  void isScrapedUnderTheNamesAndLabelsOfTheOriginal() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    feed(new HubMeters(registry, "hub", "edge", "1"));

    TreeMap<String, String> scraped = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      scraped.put(scrapedName(meter.getId()), labels(meter.getId()));
    }

    TreeMap<String, String> expected = new TreeMap<>();
    // the original's (store-and-forward.md 6)
    expected.put("edgehub_messages_received_total", "id,route_output");
    expected.put(
        "edgehub_messages_sent_total", "from,from_route_output,priority,to,to_route_input");
    expected.put("edgehub_messages_dropped_total", "from,from_route_output,reason");
    expected.put("edgehub_messages_unack_total", "from,from_route_output,reason");
    expected.put("edgehub_queue_length", "endpoint,priority");
    expected.put("edgehub_message_size_bytes", "id");
    expected.put("edgehub_message_send_duration_seconds", WAY);
    expected.put("edgehub_message_process_duration_seconds", "from,priority,to");
    expected.put("edgehub_offline_count_total", "id");
    expected.put("edgehub_offline_duration_seconds", "id");
    expected.put("edgehub_client_connect_success_total", "id");
    expected.put("edgehub_client_connect_failed_total", "id,reason");
    expected.put("edgehub_client_disconnect_total", "id");
    expected.put("edgehub_connected_clients", "");
    // ours
    expected.put("edgehub_client_closed_total", "reason");
    expected.put("edgehub_route_messages_total", "route");
    expected.put("edgehub_queue_bytes", "endpoint,priority");
    expected.put("edgehub_queue_oldest_age_seconds", "endpoint,priority");
    expected.put("edgehub_queue_lost", "endpoint,priority");
    expected.put("edgehub_queue_conservation_difference", "endpoint,priority");
    expected.put("edgehub_deadletters", "endpoint");
    expected.put("edgehub_deadletters_bytes", "endpoint");
    expected.put("edgehub_deadletter_total", "endpoint,reason");
    expected.put("edgehub_expired_total", "endpoint,priority");
    expected.put("edgehub_evicted_total", "endpoint,priority");
    expected.put("edgehub_redelivered_total", "endpoint");
    expected.put("edgehub_fsync_duration_seconds", "");
    expected.put("edgehub_commit_entries", "");
    assertEquals(expected, scraped);
    assertEquals(MeterName.values().length, scraped.size());
  }

  /** Calls everything once. */
  private static void feed(HubMeters meters) {
    SinkId sink = new SinkId.ModuleInput("agg", "in1");
    Message message = MessageFixtures.message("x");
    meters.received(message);
    meters.routed("r");
    meters.unrouted(MessageSource.of(MessageFixtures.LEAF));
    meters.unacknowledged("leaf-9", 3);
    meters.clientConnected("leaf-9");
    meters.clientDisconnected("leaf-9");
    meters.clientRefused("credentials");
    meters.clientClosed("protocol_error");
    meters.connectedClients(() -> 1);
    meters.upstreamLost();
    meters.upstreamBack(5);
    meters.queues(
        List.of(
            new QueueStats(new QueueId("upstream", 0), 1, Departures.NONE, 1, 9, 5),
            new QueueStats(DeadLetterQueues.of(sink), 1, Departures.NONE, 1, 9, 5)),
        10);
    meters.delivered(sink, 0, message, 5, 7);
    meters.expired(sink, 0, message);
    meters.deadLettered(sink, 0, message, DeadLetter.Cause.REFUSED, "why");
    meters.retried(sink, "why");
    meters.evicted(new QueueId("upstream", 0), 1, 100);
    meters.committed(1, 10, 5);
  }

  /** The rules by which Micrometer names meters for Prometheus. */
  private static String scrapedName(Meter.Id id) {
    String name = id.getName().replace('.', '_');
    String unit = id.getBaseUnit();
    boolean timer = id.getType() == Meter.Type.TIMER;
    if (timer) {
      return name + "_seconds";
    }
    if (unit != null && !name.endsWith("_" + unit)) {
      name += "_" + unit;
    }
    return id.getType() == Meter.Type.COUNTER ? name + "_total" : name;
  }

  private static String labels(Meter.Id id) {
    Set<String> keys =
        id.getTags().stream().map(Tag::getKey).collect(Collectors.toCollection(TreeSet::new));
    Set<String> common = Set.of("iothub", "edge_device", "instance_number");
    assertTrue(keys.containsAll(common), id.toString());
    keys.removeAll(common);
    return String.join(",", keys);
  }

  @Test
  void describesWhatItRegisters() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    feed(new HubMeters(registry, "hub", "edge", "1"));
    Set<String> sentences =
        Arrays.stream(MeterName.values()).map(MeterName::sentence).collect(Collectors.toSet());

    registry
        .getMeters()
        .forEach(meter -> assertTrue(sentences.contains(meter.getId().getDescription())));
  }
}
