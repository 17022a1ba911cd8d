package dev.edgehub.mqtt.wire;

import static io.netty.handler.codec.mqtt.MqttProperties.*;

import dev.edgehub.mqtt.wire.PublishProperties.UserProperty;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/** Turns properties into bytes (MQTT 5, 2.2.2). */
final class PropertyWriter {

  /** A reason in words is cut here, so that it fits every client's maximum packet size. */
  private static final int MAX_REASON = 200;

  private PropertyWriter() {}

  /** Bytes of the properties of a PUBLISH, without their length. */
  static int size(PublishProperties properties) {
    if (properties.isNone()) {
      return 0;
    }
    byte[] correlation = properties.correlationData();
    int size =
        (properties.utf8() ? 2 : 0)
            + (properties.expirySeconds() >= 0 ? 5 : 0)
            + (properties.topicAlias() > 0 ? 3 : 0)
            + textSize(properties.responseTopic())
            + (correlation == null ? 0 : 3 + correlation.length)
            + textSize(properties.contentType());
    for (UserProperty pair : properties.userProperties()) {
      size += 5 + ByteBufUtil.utf8Bytes(pair.name()) + ByteBufUtil.utf8Bytes(pair.value());
    }
    return size;
  }

  private static int textSize(@Nullable String text) {
    return text == null ? 0 : 3 + ByteBufUtil.utf8Bytes(text);
  }

  /**
   * Writes the properties of a PUBLISH behind their length.
   *
   * @param size as {@link #size(PublishProperties)} tells it
   */
  static void write(PublishProperties properties, int size, ByteBuf out) {
    VariableNumber.write(size, out);
    if (size == 0) {
      return;
    }
    if (properties.utf8()) {
      out.writeByte(PAYLOAD_FORMAT_INDICATOR).writeByte(1);
    }
    if (properties.expirySeconds() >= 0) {
      out.writeByte(PUBLICATION_EXPIRY_INTERVAL).writeInt((int) properties.expirySeconds());
    }
    if (properties.topicAlias() > 0) {
      out.writeByte(TOPIC_ALIAS).writeShort(properties.topicAlias());
    }
    text(RESPONSE_TOPIC, properties.responseTopic(), out);
    byte[] correlation = properties.correlationData();
    if (correlation != null) {
      out.writeByte(CORRELATION_DATA).writeShort(correlation.length).writeBytes(correlation);
    }
    text(CONTENT_TYPE, properties.contentType(), out);
    for (UserProperty pair : properties.userProperties()) {
      out.writeByte(USER_PROPERTY);
      text(pair.name(), out);
      text(pair.value(), out);
    }
  }

  /** Writes the properties of a CONNACK, without their length. */
  static void write(ConnAckProperties properties, boolean accepted, ByteBuf out) {
    if (accepted) {
      if (properties.sessionExpirySeconds() >= 0) {
        out.writeByte(SESSION_EXPIRY_INTERVAL).writeInt((int) properties.sessionExpirySeconds());
      }
      out.writeByte(RECEIVE_MAXIMUM).writeShort(properties.receiveMaximum());
      out.writeByte(MAXIMUM_QOS).writeByte(1);
      out.writeByte(RETAIN_AVAILABLE).writeByte(0);
      out.writeByte(MAXIMUM_PACKET_SIZE).writeInt(properties.maximumPacketSize());
      text(ASSIGNED_CLIENT_IDENTIFIER, properties.assignedClientId(), out);
      out.writeByte(TOPIC_ALIAS_MAXIMUM).writeShort(properties.topicAliasMaximum());
      out.writeByte(WILDCARD_SUBSCRIPTION_AVAILABLE).writeByte(1);
      out.writeByte(SUBSCRIPTION_IDENTIFIER_AVAILABLE).writeByte(0);
      out.writeByte(SHARED_SUBSCRIPTION_AVAILABLE).writeByte(0);
      if (properties.serverKeepAliveSeconds() >= 0) {
        out.writeByte(SERVER_KEEP_ALIVE).writeShort(properties.serverKeepAliveSeconds());
      }
    }
    if (properties.reason() != null) {
      writeReason(properties.reason(), out);
    }
  }

  /** Bytes that {@link #writeReason} writes. */
  static int reasonSize(String reason) {
    return textSize(cut(reason));
  }

  static void writeReason(String reason, ByteBuf out) {
    text(REASON_STRING, cut(reason), out);
  }

  private static String cut(String reason) {
    StringBuilder out = new StringBuilder(Math.min(MAX_REASON, reason.length()));
    for (int i = 0; i < reason.length() && i < MAX_REASON; i++) {
      char c = reason.charAt(i);
      out.append(c < ' ' || c > '~' ? '?' : c); // a peer's own bytes may be in it
    }
    return out.toString();
  }

  private static void text(int id, @Nullable String text, ByteBuf out) {
    if (text != null) {
      out.writeByte(id);
      text(text, out);
    }
  }

  private static void text(String text, ByteBuf out) {
    int length = ByteBufUtil.utf8Bytes(text);
    out.writeShort(length);
    ByteBufUtil.reserveAndWriteUtf8(out, text, length);
  }
}
