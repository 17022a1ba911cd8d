package dev.edgehub.mqtt.topic;

import dev.edgehub.fuzz.Bounds;
import dev.edgehub.message.EdgeMessageId;
import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.SinkId;
import dev.edgehub.message.SystemProperty;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

/**
 * Reads any text as the bag of a telemetry topic. What a message says, written to its topic and
 * read back, is the same, upstream and towards a module; what is written can stand in a topic.
 *
 * <p>Input: one byte (1: retained, 2: duplicate, 4: from a device, 8: empty values left out), then
 * the bag in UTF-8.
 */
public final class BagTarget {

  private static final Identity MODULE = new Identity.Module("edge", "m");
  private static final Identity DEVICE = new Identity.Device("leaf");
  private static final Identity.Module RECEIVER = new Identity.Module("edge", "filter");
  private static final SinkId.ModuleInput INPUT = new SinkId.ModuleInput("filter", "in 1/#");
  private static final EdgeMessageId MESSAGE = new EdgeMessageId.Sequence(new Random(1)).next();

  private BagTarget() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 1) {
      String bag = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
      Bounds.within(() -> read(bag, input[0], Arrays.hashCode(input) % 4 == 0));
    }
  }

  private static void read(String bag, int flags, boolean again) {
    Identity sender = (flags & 4) != 0 ? DEVICE : MODULE;
    String topic = HubTopics.telemetryPrefix(sender) + "/" + bag;
    HubTopics.Telemetry said =
        HubTopics.telemetry(topic, sender, (flags & 1) != 0, (flags & 2) != 0);
    if (said == null) {
      throw new AssertionError("refused, with so few pairs");
    }
    Message message = message(said);
    String upstream = HubTopics.upstream(message);
    requireUsable(upstream);
    HubTopics.Telemetry there = HubTopics.telemetry(upstream, sender, false, false);
    if (there == null) {
      throw new AssertionError("not read back: " + upstream);
    }
    require(said.source().equals(there.source()), upstream);
    String once = HubTopics.upstream(message(there));
    require(upstream.equals(once), upstream + "\n" + once);
    boolean omitEmpty = (flags & 8) != 0;
    String delivery = HubTopics.delivery(RECEIVER, INPUT, message(there), omitEmpty);
    requireUsable(delivery);
    String prefix = HubTopics.input(RECEIVER, INPUT);
    require(delivery.startsWith(prefix), delivery);
    PropertyBag.Contents received =
        PropertyBag.decode(delivery.substring(prefix.length()), false, false);
    require(received != null, delivery);
    if (received != null && !omitEmpty) {
      require(received.properties().equals(there.properties()), delivery);
      for (SystemProperty property : SystemProperty.values()) {
        String value = there.system().get(property);
        require(Objects.equals(value, received.system().get(property)), delivery);
      }
    }
    if (again) {
      require(upstream.equals(HubTopics.upstream(message)), "two topics for one message");
    }
  }

  private static Message message(HubTopics.Telemetry said) {
    return new Message(MESSAGE, said.source(), said.system(), said.properties(), new byte[0]);
  }

  private static void requireUsable(String topic) {
    boolean usable = topic.chars().allMatch(c -> c > ' ' && c < 127 && c != '#' && c != '+');
    require(usable, "no topic to publish on: " + topic);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
