package dev.edgehub.mqtt.session;

import dev.edgehub.mqtt.topic.ServiceTopics;
import dev.edgehub.mqtt.wire.Packet;
import dev.edgehub.mqtt.wire.PublishProperties;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer to twin requests while there are no twins. It has a body, because the Node SDK takes
 * an error without one for a success, or dies of it.
 */
final class TwinAnswers {

  private static final int NOT_IMPLEMENTED = 501;

  private TwinAnswers() {}

  /**
   * The answer, of QoS 0 as IoT Hub's are.
   *
   * @param properties of MQTT 5; null before it
   */
  static Packet.Publish notServed(
      String requestId, long nowMillis, @Nullable PublishProperties properties) {
    String body =
        "{\"errorCode\":501001,\"trackingId\":\"\","
            + "\"message\":\"twins are not served by this version of the hub\","
            + "\"timestampUtc\":\""
            + Instant.ofEpochMilli(nowMillis)
            + "\"}";
    return new Packet.Publish(
        ServiceTopics.twinAnswer(NOT_IMPLEMENTED, requestId),
        0,
        false,
        false,
        0,
        body.getBytes(StandardCharsets.UTF_8),
        properties);
  }
}
