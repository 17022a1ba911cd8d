package dev.edgehub.mqtt.session;

import dev.edgehub.hub.EdgeHub;
import dev.edgehub.hub.PublishBatch;
import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.Properties;
import dev.edgehub.mqtt.topic.HubTopics;
import dev.edgehub.mqtt.wire.Packet;
import dev.edgehub.mqtt.wire.PublishProperties;
import org.jspecify.annotations.Nullable;

/** The message that a client wants published when it vanishes. */
final class LeftWill {

  private LeftWill() {}

  /** Whether it is something its client may publish. */
  static boolean isOwn(Packet.Will will, Identity client) {
    return read(will, client) != null;
  }

  /** Publishes it as telemetry of its client. */
  static void publish(Packet.Will will, Identity client, EdgeHub hub) {
    HubTopics.Telemetry telemetry = read(will, client);
    if (telemetry == null) {
      return;
    }
    Properties.Builder properties = new Properties.Builder();
    for (int i = 0; i < telemetry.properties().size(); i++) {
      properties.set(telemetry.properties().name(i), telemetry.properties().value(i));
    }
    properties.set("MessageType", "Will");
    PublishBatch batch = hub.newBatch();
    batch.add(
        new Message(
            hub.newMessageId(),
            telemetry.source(),
            telemetry.system(),
            properties.build(),
            will.payload()),
        timeToLive(will.properties()));
    hub.publish(batch, outcome -> {});
  }

  private static HubTopics.@Nullable Telemetry read(Packet.Will will, Identity client) {
    return HubTopics.telemetry(will.topic(), client, will.retain(), false, will.properties());
  }

  /** What a sender allows, in ms. */
  static long timeToLive(PublishProperties properties) {
    return properties.expirySeconds() < 0
        ? PublishBatch.FOR_EVER
        : 1_000 * properties.expirySeconds();
  }
}
