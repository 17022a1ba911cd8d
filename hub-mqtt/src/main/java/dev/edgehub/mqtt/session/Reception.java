package dev.edgehub.mqtt.session;

import dev.edgehub.hub.EdgeHub;
import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.mqtt.topic.HubTopics;
import dev.edgehub.mqtt.topic.NativeProperties;
import dev.edgehub.mqtt.topic.ServiceTopics;
import dev.edgehub.mqtt.wire.Packet;
import dev.edgehub.mqtt.wire.PublishProperties;
import dev.edgehub.mqtt.wire.Reason;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes messages of what a client publishes, or refuses it. Belongs to the channel's event loop.
 */
final class Reception {

  private final EdgeHub hub;
  private final Identity client;
  private final Terms terms;
  private final int messageSize;
  private final InboundWindow inbound;
  private final HangUp hangUp;
  private final Consumer<String> twinRequest;
  private final TopicAliases aliases;

  private String lastTopic = "";
  private HubTopics.@Nullable Telemetry lastTelemetry;

  /**
   * A reception for one connection.
   *
   * @param messageSize of the largest message, in bytes
   * @param twinRequest takes the ids of twin requests
   */
  Reception(
      EdgeHub hub,
      Identity client,
      Terms terms,
      int messageSize,
      InboundWindow inbound,
      HangUp hangUp,
      Consumer<String> twinRequest) {
    this.hub = hub;
    this.client = client;
    this.terms = terms;
    this.messageSize = messageSize;
    this.inbound = inbound;
    this.hangUp = hangUp;
    this.twinRequest = twinRequest;
    this.aliases = new TopicAliases(terms.isFive() ? Terms.TOPIC_ALIASES : 0);
  }

  void publish(Packet.Publish publish) {
    if (publish.qos() > 1) {
      hangUp.because(
          Reason.QOS_NOT_SUPPORTED, "a PUBLISH of QoS 2, which IoT Hub clients may not send");
      return;
    }
    PublishProperties beside = publish.properties();
    String topic = publish.topic();
    if (beside == null) {
      beside = PublishProperties.NONE;
    } else if (publish.retain()) {
      hangUp.because(Reason.RETAIN_NOT_SUPPORTED, "a PUBLISH to be retained, which is not offered");
      return;
    } else if (publish.qos() > 0 && inbound.unacknowledged() >= Terms.RECEIVE_MAXIMUM) {
      hangUp.because(
          Reason.RECEIVE_MAXIMUM_EXCEEDED,
          "more than " + Terms.RECEIVE_MAXIMUM + " PUBLISHes without an acknowledgement");
      return;
    } else {
      topic = aliases.resolve(topic, beside.topicAlias());
    }
    HubTopics.Telemetry telemetry = telemetry(topic, publish, beside);
    if (telemetry != null) {
      take(publish, beside, telemetry);
    } else if (topic.startsWith(ServiceTopics.PREFIX)) {
      // not served yet, and nothing an SDK should lose its connection for
      String request = ServiceTopics.twinRequestId(topic);
      if (request != null) {
        twinRequest.accept(request);
      }
      inbound.addWithout(publish.packetId(), Reason.SUCCESS);
    } else {
      refuseTopic(publish, topic);
    }
  }

  private void take(
      Packet.Publish publish, PublishProperties beside, HubTopics.Telemetry telemetry) {
    Message message =
        new Message(
            hub.newMessageId(),
            telemetry.source(),
            telemetry.system(),
            telemetry.properties(),
            publish.payload());
    if (message.size() > messageSize) {
      refuse(
          publish,
          Reason.QUOTA_EXCEEDED,
          Reason.PACKET_TOO_LARGE,
          "a message of " + message.size() + " bytes; limits.messageSize is " + messageSize);
    } else if (beside.utf8() && !NativeProperties.isText(publish.payload())) {
      refuse(
          publish,
          Reason.PAYLOAD_FORMAT_INVALID,
          Reason.PAYLOAD_FORMAT_INVALID,
          "a payload declared to be UTF-8 that is not");
    } else {
      inbound.add(message, publish.packetId(), LeftWill.timeToLive(beside));
    }
  }

  private void refuseTopic(Packet.Publish publish, String topic) {
    String why =
        "expected a PUBLISH on " + HubTopics.telemetryPrefix(client) + "/, found another topic";
    boolean own = topic.startsWith(HubTopics.telemetryPrefix(client));
    if (!own && (topic.startsWith("devices/") || topic.startsWith("$"))) {
      hangUp.because(Reason.NOT_AUTHORIZED, why);
    } else {
      refuse(
          publish,
          Reason.TOPIC_NAME_INVALID,
          Reason.TOPIC_NAME_INVALID,
          own ? "a topic with too many properties" : why);
    }
  }

  /**
   * Refuses a message in its PUBACK where there is one that has words for it, and ends the
   * connection where there is none.
   */
  private void refuse(Packet.Publish publish, Reason inAck, Reason atEnd, String why) {
    if (terms.isFive() && publish.packetId() != 0) {
      inbound.addWithout(publish.packetId(), inAck);
    } else {
      hangUp.because(atEnd, why);
    }
  }

  /** Clients repeat their topic, so the last one read is kept. */
  private HubTopics.@Nullable Telemetry telemetry(
      String topic, Packet.Publish publish, PublishProperties beside) {
    boolean plain = !publish.retain() && !publish.duplicate() && saysNothing(beside);
    if (plain && topic.equals(lastTopic)) {
      return lastTelemetry;
    }
    HubTopics.Telemetry read =
        HubTopics.telemetry(topic, client, publish.retain(), publish.duplicate(), beside);
    if (plain && read != null) {
      lastTopic = topic;
      lastTelemetry = read;
    }
    return read;
  }

  /** Whether properties add nothing to a message but its time to live. */
  private static boolean saysNothing(PublishProperties beside) {
    return beside.isNone()
        || (!beside.utf8()
            && beside.responseTopic() == null
            && beside.correlationData() == null
            && beside.contentType() == null
            && beside.userProperties().isEmpty());
  }
}
