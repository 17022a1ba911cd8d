package dev.edgehub.mqtt.topic;

import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageSource;
import dev.edgehub.message.Properties;
import dev.edgehub.message.SinkId;
import dev.edgehub.message.SystemProperties;
import dev.edgehub.mqtt.wire.PublishProperties;
import org.jspecify.annotations.Nullable;

/** The topics of the IoT Hub face. */
public final class HubTopics {

  /** The longest topic of MQTT, in bytes; ours are ASCII. */
  public static final int MAX_BYTES = 65_535;

  private static final String DEVICES = "devices/";
  private static final String MODULES = "/modules/";
  private static final String EVENTS = "messages/events";

  private HubTopics() {}

  /** A telemetry topic, read. */
  public record Telemetry(MessageSource source, SystemProperties system, Properties properties) {}

  /**
   * Reads a topic that {@code sender} published on. Everything after {@code events/}, less one
   * trailing slash and a leading question mark, is the property bag, so that raw slashes in values
   * survive.
   *
   * @return what it says, or null when it is not a telemetry topic of that sender
   */
  public static @Nullable Telemetry telemetry(
      String topic, Identity sender, boolean retained, boolean duplicate) {
    return telemetry(topic, sender, retained, duplicate, PublishProperties.NONE);
  }

  /** The same with the properties of MQTT 5 beside the topic, which come after those of the bag. */
  public static @Nullable Telemetry telemetry(
      String topic,
      Identity sender,
      boolean retained,
      boolean duplicate,
      PublishProperties beside) {
    String prefix = telemetryPrefix(sender);
    if (!topic.startsWith(prefix)) {
      return null;
    }
    int from = prefix.length();
    int to = topic.length();
    if (from < to && topic.charAt(from++) != '/') {
      return null;
    }
    if (from < to && topic.charAt(to - 1) == '/') {
      to--;
    }
    if (from < to && topic.charAt(from) == '?') {
      from++;
    }
    PropertyBag.Contents bag =
        PropertyBag.decode(topic.substring(from, to), retained, duplicate, beside);
    return bag == null
        ? null
        : new Telemetry(MessageSource.of(sender, bag.output()), bag.system(), bag.properties());
  }

  /** {@code devices/D/messages/events} or {@code devices/D/modules/M/messages/events}. */
  public static String telemetryPrefix(Identity sender) {
    return clientPrefix(sender) + EVENTS;
  }

  private static String clientPrefix(Identity client) {
    String device = DEVICES + client.deviceId();
    return client instanceof Identity.Module module
        ? device + MODULES + module.moduleId() + "/"
        : device + "/";
  }

  /** What every delivery to a module's inputs begins with. */
  public static String inputsPrefix(Identity.Module module) {
    return clientPrefix(module) + "inputs/";
  }

  /**
   * What the topics of an input's deliveries begin with; the bag follows. A route may name any
   * input, so that characters MQTT has other uses for are encoded.
   */
  public static String input(Identity.Module module, SinkId.ModuleInput input) {
    StringBuilder out = new StringBuilder(192).append(inputsPrefix(module));
    PercentCoding.encode(input.input(), out);
    return out.append('/').toString();
  }

  /**
   * The whole topic of a delivery.
   *
   * @param omitEmpty leave out empty and null property values
   */
  public static String delivery(
      Identity.Module module, SinkId.ModuleInput input, Message message, boolean omitEmpty) {
    StringBuilder out = new StringBuilder(192).append(input(module, input));
    PropertyBag.encodeDelivery(message, omitEmpty, out);
    return out.toString();
  }

  /** The whole topic of a message that goes upstream. */
  public static String upstream(Message message) {
    StringBuilder out =
        new StringBuilder(192).append(telemetryPrefix(message.source().sender())).append('/');
    PropertyBag.encodeUpstream(message, out);
    return out.toString();
  }

  /** Says why a message with that topic cannot be delivered. */
  public static String tooLong(String topic) {
    return "its properties make a topic of "
        + topic.length()
        + " bytes, and MQTT allows "
        + MAX_BYTES;
  }
}
