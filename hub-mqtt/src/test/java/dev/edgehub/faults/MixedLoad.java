package dev.edgehub.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.mqtt.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Two senders with an urgent and a normal output each, into three sinks; and the reckoning. */
final class MixedLoad implements AutoCloseable {

  private static final List<String> SENDERS = List.of("red", "blue");
  private static final List<String> SINKS = List.of("left", "right", "far");

  private final HubProcess hub;
  private final HubLoad load;
  private final List<HubLoad.Sender> senders = new ArrayList<>();
  private final List<HubLoad.Receiver> receivers = new ArrayList<>();

  /** Writes the hub's manifest; nothing is started. */
  MixedLoad(HubProcess hub, Path directory) throws IOException {
    this.hub = hub;
    load = new HubLoad(hub.port());
    Files.writeString(directory.resolve("manifest.json"), manifest());
  }

  private static String manifest() {
    ObjectNode root = new JsonMapper().createObjectNode();
    ObjectNode desired =
        root.putObject("modulesContent").putObject("$edgeHub").putObject("properties.desired");
    desired.put("schemaVersion", "1.1");
    ObjectNode routes = desired.putObject("routes");
    for (String sender : SENDERS) {
      for (String sink : SINKS) {
        add(routes, sender, "urgent", 0, sink);
        add(routes, sender, "normal", 5, sink);
      }
    }
    desired.putObject("storeAndForwardConfiguration").put("timeToLiveSecs", 7_200);
    return root.toString();
  }

  private static void add(
      ObjectNode routes, String sender, String output, int priority, String sink) {
    ObjectNode route = routes.putObject(sender + output + sink);
    route.put(
        "route",
        "FROM /messages/modules/%s/outputs/%s INTO BrokeredEndpoint(\"/modules/%s/inputs/in\")"
            .formatted(sender, output, sink));
    route.put("priority", priority);
  }

  void start() {
    SENDERS.forEach(name -> senders.add(load.new Sender(name).start()));
    SINKS.forEach(name -> receivers.add(load.new Receiver(name).start()));
  }

  /** Each stays away for a while, more often than not. */
  void receiversComeAndGo(Random random) {
    receivers.forEach(receiver -> receiver.absent(random.nextInt(3) == 0));
  }

  /** Waits until something more is acknowledged. */
  void awaitMore() {
    int before = acknowledged();
    Await.until("the load goes on", () -> acknowledged() > before);
  }

  /** As when the power goes: see {@link HubLoad#dark}. */
  void dark(boolean now) {
    load.dark(now);
  }

  /**
   * Lets everything come to rest and checks it: nothing acknowledged is missing anywhere, order was
   * kept, and the hub's figures add up. Returns what happened, for people.
   */
  String settle() {
    receivers.forEach(receiver -> receiver.absent(false));
    senders.forEach(HubLoad.Sender::stop);
    for (int i = 0; i < SENDERS.size(); i++) {
      String sender = SENDERS.get(i);
      HubLoad.Sender promised = senders.get(i);
      for (HubLoad.Receiver receiver : receivers) {
        awaitAll(receiver, sender, promised);
      }
    }
    for (HubLoad.Receiver receiver : receivers) {
      assertEquals(0, receiver.disorder(), "first deliveries out of order");
    }
    Await.until(() -> "empty queues: " + hub.queues(), () -> depth(hub.queues()) == 0);
    checkFigures(hub.queues());
    assertTrue(acknowledged() > 0, "there was no load");
    return acknowledged()
        + " acknowledged, none lost, repeats per sink "
        + receivers.stream().map(HubLoad.Receiver::repeats).toList();
  }

  /** However many they are, as long as some come. */
  private static void awaitAll(HubLoad.Receiver receiver, String sender, HubLoad.Sender promised) {
    int missing;
    do {
      int before = receiver.missing(sender, promised.acknowledged());
      missing = before;
      if (before > 0) {
        Await.until(
            () -> before + " messages are missing",
            () -> receiver.missing(sender, promised.acknowledged()) < before);
      }
    } while (missing > 0);
  }

  private static void checkFigures(JsonNode queues) {
    assertEquals(2 * SINKS.size(), queues.size(), queues::toString);
    for (JsonNode queue : queues) {
      assertEquals(
          queue.path("appended").asLong(),
          queue.path("delivered").asLong() + queue.path("depth").asLong(),
          () -> "left by another way than delivery: " + queue);
      assertEquals(0, queue.path("difference").asLong(-1), () -> "conservation: " + queue);
    }
  }

  private static long depth(JsonNode queues) {
    long depth = queues.isEmpty() ? 1 : 0;
    for (JsonNode queue : queues) {
      depth += queue.path("depth").asLong(1);
    }
    return depth;
  }

  private int acknowledged() {
    return senders.stream().mapToInt(HubLoad.Sender::acknowledged).sum();
  }

  @Override
  public void close() {
    load.close();
  }
}
