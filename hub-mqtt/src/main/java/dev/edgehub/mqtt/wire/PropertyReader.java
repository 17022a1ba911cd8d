package dev.edgehub.mqtt.wire;

import static io.netty.handler.codec.mqtt.MqttProperties.*;

import dev.edgehub.mqtt.wire.PublishProperties.UserProperty;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttProperties;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns properties that Netty has decoded into ours and checks what it leaves unchecked: which
 * packet they are in, their ranges, their number, their text (MQTT 5, 2.2.2).
 */
final class PropertyReader {

  /** The most user properties of one packet, as many as a topic's property bag may have. */
  static final int MAX_USER_PROPERTIES = 512;

  private static final long MESSAGE =
      bits(
          PAYLOAD_FORMAT_INDICATOR,
          PUBLICATION_EXPIRY_INTERVAL,
          CONTENT_TYPE,
          RESPONSE_TOPIC,
          CORRELATION_DATA,
          USER_PROPERTY);

  /** A subscription identifier is not for clients to send, which is an error of its own. */
  private static final long PUBLISH = MESSAGE | bits(TOPIC_ALIAS, SUBSCRIPTION_IDENTIFIER);

  private static final long WILL = MESSAGE | bits(WILL_DELAY_INTERVAL);

  private static final long CONNECT =
      bits(
          SESSION_EXPIRY_INTERVAL,
          RECEIVE_MAXIMUM,
          MAXIMUM_PACKET_SIZE,
          TOPIC_ALIAS_MAXIMUM,
          REQUEST_RESPONSE_INFORMATION,
          REQUEST_PROBLEM_INFORMATION,
          USER_PROPERTY,
          AUTHENTICATION_METHOD,
          AUTHENTICATION_DATA);

  private static final long SUBSCRIBE = bits(SUBSCRIPTION_IDENTIFIER, USER_PROPERTY);
  private static final long UNSUBSCRIBE = bits(USER_PROPERTY);
  private static final long ACKNOWLEDGE = bits(REASON_STRING, USER_PROPERTY);
  private static final long DISCONNECT =
      bits(SESSION_EXPIRY_INTERVAL, REASON_STRING, USER_PROPERTY, SERVER_REFERENCE);

  private PropertyReader() {}

  private static long bits(int... ids) {
    long bits = 0;
    for (int id : ids) {
      bits |= 1L << id;
    }
    return bits;
  }

  static ConnectProperties connect(MqttProperties in) {
    if (in.isEmpty()) {
      return ConnectProperties.NONE;
    }
    requireAllowed(in, CONNECT, "CONNECT");
    flag(in, REQUEST_RESPONSE_INFORMATION, 0);
    if (in.getProperty(AUTHENTICATION_DATA) != null
        && in.getProperty(AUTHENTICATION_METHOD) == null) {
      throw broken("authentication data without a method");
    }
    return new ConnectProperties(
        number(in, SESSION_EXPIRY_INTERVAL, 0),
        (int) positive(in, RECEIVE_MAXIMUM, 0xffff),
        positive(in, MAXIMUM_PACKET_SIZE, Long.MAX_VALUE),
        flag(in, REQUEST_PROBLEM_INFORMATION, 1) == 1,
        text(in, AUTHENTICATION_METHOD));
  }

  static PublishProperties publish(MqttProperties in) {
    if (in.isEmpty()) {
      return PublishProperties.NONE;
    }
    requireAllowed(in, PUBLISH, "PUBLISH");
    if (!in.getProperties(SUBSCRIPTION_IDENTIFIER).isEmpty()) {
      throw broken("a PUBLISH from a client with a subscription identifier");
    }
    return message(in);
  }

  static PublishProperties will(MqttProperties in) {
    if (in.isEmpty()) {
      return PublishProperties.NONE;
    }
    requireAllowed(in, WILL, "the will");
    return message(in);
  }

  static long willDelay(MqttProperties in) {
    return number(in, WILL_DELAY_INTERVAL, 0);
  }

  private static PublishProperties message(MqttProperties in) {
    long alias = number(in, TOPIC_ALIAS, -1);
    if (alias == 0) {
      throw new MalformedPacket(Reason.TOPIC_ALIAS_INVALID, "a topic alias of 0");
    }
    return new PublishProperties(
        flag(in, PAYLOAD_FORMAT_INDICATOR, 0) == 1,
        number(in, PUBLICATION_EXPIRY_INTERVAL, PublishProperties.NO_EXPIRY),
        (int) Math.max(0, alias),
        text(in, RESPONSE_TOPIC),
        bytes(in, CORRELATION_DATA),
        text(in, CONTENT_TYPE),
        userProperties(in));
  }

  /** Whether a SUBSCRIBE names an identifier. */
  static boolean subscribe(MqttProperties in) {
    requireAllowed(in, SUBSCRIBE, "SUBSCRIBE");
    userProperties(in);
    return !in.getProperties(SUBSCRIPTION_IDENTIFIER).isEmpty();
  }

  static void unsubscribe(MqttProperties in) {
    requireAllowed(in, UNSUBSCRIBE, "UNSUBSCRIBE");
    userProperties(in);
  }

  static void acknowledge(MqttProperties in) {
    requireAllowed(in, ACKNOWLEDGE, "PUBACK");
    userProperties(in);
  }

  /** The session expiry of a DISCONNECT, or −1. */
  static long disconnect(MqttProperties in) {
    requireAllowed(in, DISCONNECT, "DISCONNECT");
    userProperties(in);
    return number(in, SESSION_EXPIRY_INTERVAL, -1);
  }

  private static void requireAllowed(MqttProperties in, long allowed, String where) {
    for (MqttProperty<?> property : in.listAll()) {
      int id = property.propertyId();
      if ((allowed & 1L << id) == 0) {
        throw new MalformedPacket("property " + id + " does not belong into " + where);
      }
    }
  }

  private static MalformedPacket broken(String what) {
    return new MalformedPacket(Reason.PROTOCOL_ERROR, what);
  }

  private static long number(MqttProperties in, int id, long absent) {
    MqttProperty<?> property = in.getProperty(id);
    return property == null ? absent : (Integer) property.value() & 0xffff_ffffL;
  }

  private static long positive(MqttProperties in, int id, long absent) {
    long number = number(in, id, absent);
    if (number == 0) {
      throw broken("property " + id + " is 0 and must not be");
    }
    return number;
  }

  private static long flag(MqttProperties in, int id, long absent) {
    long flag = number(in, id, absent);
    if (flag > 1) {
      throw broken("property " + id + " is " + flag + ", and 0 and 1 are all it may be");
    }
    return flag;
  }

  private static @Nullable String text(MqttProperties in, int id) {
    MqttProperty<?> property = in.getProperty(id);
    return property == null ? null : MqttText.checked((String) property.value());
  }

  private static byte @Nullable [] bytes(MqttProperties in, int id) {
    MqttProperty<?> property = in.getProperty(id);
    return property == null ? null : (byte[]) property.value();
  }

  private static List<UserProperty> userProperties(MqttProperties in) {
    var pairs = in.getProperties(USER_PROPERTY);
    if (pairs.isEmpty()) {
      return List.of();
    }
    if (pairs.size() > MAX_USER_PROPERTIES) {
      throw new MalformedPacket(
          Reason.QUOTA_EXCEEDED,
          pairs.size() + " user properties; a packet may have " + MAX_USER_PROPERTIES);
    }
    List<UserProperty> out = new ArrayList<>(pairs.size());
    for (MqttProperty<?> pair : pairs) {
      StringPair text = (StringPair) pair.value();
      out.add(new UserProperty(MqttText.checked(text.key), MqttText.checked(text.value)));
    }
    return out;
  }

  /**
   * How many bytes the properties take with their length, each given once and every number written
   * in as few bytes as it needs. Netty keeps the last of one given twice, so that a packet longer
   * than its parts had one.
   */
  static int size(MqttProperties in) {
    int size = 0;
    for (MqttProperty<?> property : in.listAll()) {
      // Netty lists user properties as one
      size += property instanceof UserProperties pairs ? size(pairs) : 1 + valueSize(property);
    }
    return VariableNumber.size(size) + size;
  }

  private static int size(UserProperties pairs) {
    int size = 0;
    for (StringPair pair : pairs.value()) {
      size += 5 + ByteBufUtil.utf8Bytes(pair.key) + ByteBufUtil.utf8Bytes(pair.value);
    }
    return size;
  }

  private static int valueSize(MqttProperty<?> property) {
    Object value = property.value();
    if (value instanceof String text) {
      return 2 + ByteBufUtil.utf8Bytes(text);
    }
    if (value instanceof byte[] bytes) {
      return 2 + bytes.length;
    }
    return switch (property.propertyId()) {
      case SESSION_EXPIRY_INTERVAL,
          PUBLICATION_EXPIRY_INTERVAL,
          WILL_DELAY_INTERVAL,
          MAXIMUM_PACKET_SIZE ->
          4;
      case RECEIVE_MAXIMUM, TOPIC_ALIAS_MAXIMUM, TOPIC_ALIAS -> 2;
      case SUBSCRIPTION_IDENTIFIER -> VariableNumber.size((Integer) value);
      default -> 1;
    };
  }
}
