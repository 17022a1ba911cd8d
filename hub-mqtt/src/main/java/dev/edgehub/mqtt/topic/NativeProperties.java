package dev.edgehub.mqtt.topic;

import dev.edgehub.message.Message;
import dev.edgehub.message.SystemProperty;
import dev.edgehub.mqtt.wire.MqttText;
import dev.edgehub.mqtt.wire.PublishProperties;
import dev.edgehub.mqtt.wire.PublishProperties.UserProperty;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties of an MQTT 5 PUBLISH and those of a message: user properties are the pairs of the
 * bag under the same names; content type, correlation data and payload format stand for {@code
 * $.ct}, {@code $.cid} and {@code $.ce}. What a message has no place for travels as an application
 * property, so that receivers of MQTT 3.1.1 see it too.
 */
public final class NativeProperties {

  /** The response topic as an application property. */
  static final String RESPONSE_TOPIC = "mqtt-response-topic";

  /** Correlation data that is no text, as Base64 in an application property. */
  static final String CORRELATION_DATA = "mqtt-correlation-data";

  private static final String UTF_8 = "utf-8";
  private static final int MAX_TEXT = 65_535;

  private NativeProperties() {}

  /** Adds to a bag what came beside it; false when there are too many pairs. */
  static boolean read(PublishProperties in, PropertyBag.Reader bag) {
    for (UserProperty pair : in.userProperties()) {
      if (!bag.add(pair.name(), pair.value())) {
        return false;
      }
    }
    if (in.contentType() != null) {
      bag.system(SystemProperty.CONTENT_TYPE, in.contentType());
    }
    if (in.utf8()) {
      bag.encoding(UTF_8);
    }
    if (in.responseTopic() != null) {
      bag.property(RESPONSE_TOPIC, in.responseTopic());
    }
    byte[] correlation = in.correlationData();
    if (correlation != null) {
      String text = text(correlation);
      if (text != null) {
        bag.system(SystemProperty.CORRELATION_ID, text);
      } else {
        bag.property(CORRELATION_DATA, Base64.getEncoder().encodeToString(correlation));
      }
    }
    return true;
  }

  /** Whether bytes are what their sender declared them to be. */
  public static boolean isText(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return text(bytes) != null;
      }
    }
    return true;
  }

  private static @Nullable String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /**
   * What a delivery to an MQTT 5 client says beside its topic and body.
   *
   * @param omitEmpty leave out empty and null property values
   * @param remainingMillis time to live that is left, {@link Long#MAX_VALUE} for ever
   */
  public static PublishProperties of(Message message, boolean omitEmpty, long remainingMillis) {
    Outgoing out = new Outgoing();
    PropertyBag.eachOfDelivery(message, omitEmpty, out);
    return new PublishProperties(
        UTF_8.equalsIgnoreCase(message.system().get(SystemProperty.CONTENT_ENCODING))
            && isText(message.body()),
        expirySeconds(remainingMillis),
        0,
        out.responseTopic,
        out.correlationData,
        out.contentType,
        out.user);
  }

  /** Rounded up: a message is never worth less to the receiver than to the hub. */
  private static long expirySeconds(long remainingMillis) {
    if (remainingMillis == Long.MAX_VALUE) {
      return PublishProperties.NO_EXPIRY;
    }
    return Math.min(0xffff_ffffL, (remainingMillis + 999) / 1_000);
  }

  /** Sorts the pairs of a bag into the places that MQTT 5 has for them. */
  private static final class Outgoing implements PropertyBag.Pairs {
    private final List<UserProperty> user = new ArrayList<>();
    private @Nullable String responseTopic;
    private byte @Nullable [] correlationData;
    private @Nullable String contentType;

    @Override
    public void pair(String key, @Nullable String value) {
      if (!isText(key) || (value != null && !isText(value))) {
        return; // cannot be said here; the bag in the topic has it
      }
      if (value == null || !taken(key, value)) {
        user.add(new UserProperty(key, value == null ? "" : value));
      }
    }

    private static boolean isText(String text) {
      return MqttText.isSendable(text)
          && (text.length() <= MAX_TEXT / 3
              || text.getBytes(StandardCharsets.UTF_8).length <= MAX_TEXT);
    }

    private boolean taken(String key, String value) {
      switch (key) {
        case "$.ct" -> contentType = value;
        case "$.cid" -> correlationData = value.getBytes(StandardCharsets.UTF_8);
        case RESPONSE_TOPIC -> {
          if (value.isEmpty() || value.indexOf('+') >= 0 || value.indexOf('#') >= 0) {
            return false;
          }
          responseTopic = value;
        }
        case CORRELATION_DATA -> {
          try {
            correlationData = Base64.getDecoder().decode(value);
          } catch (IllegalArgumentException e) {
            return false;
          }
        }
        default -> {
          return false;
        }
      }
      return true;
    }
  }
}
