package dev.edgehub.mqtt.topic;

import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.Properties;
import dev.edgehub.message.SystemProperties;
import dev.edgehub.message.SystemProperty;
import dev.edgehub.mqtt.wire.PublishProperties;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The properties in a topic: {@code k=v&k2=v2}, each side percent-encoded, system properties under
 * names that begin with {@code $.}. The one place for its rules, in both directions.
 */
public final class PropertyBag {

  /** The most pairs of one bag; beyond it the topic is refused. */
  static final int MAX_PAIRS = 512;

  /** The application property that carries the id of a message through redeliveries. */
  public static final String EDGE_MESSAGE_ID = "edgeMessageId";

  private static final String OUTPUT = "$.on";
  private static final String SENDER_DEVICE = "$.cdid";
  private static final String SENDER_MODULE = "$.cmid";

  private static final Map<SystemProperty, String> KEYS = new EnumMap<>(SystemProperty.class);
  private static final Map<String, SystemProperty> BY_KEY = new HashMap<>();

  static {
    KEYS.put(SystemProperty.MESSAGE_ID, "$.mid");
    KEYS.put(SystemProperty.CORRELATION_ID, "$.cid");
    KEYS.put(SystemProperty.USER_ID, "$.uid");
    KEYS.put(SystemProperty.TO, "$.to");
    KEYS.put(SystemProperty.EXPIRY, "$.exp");
    KEYS.put(SystemProperty.CREATION_TIME, "$.ctime");
    KEYS.put(SystemProperty.CONTENT_TYPE, "$.ct");
    KEYS.put(SystemProperty.CONTENT_ENCODING, "$.ce");
    KEYS.put(SystemProperty.MESSAGE_SCHEMA, "$.schema");
    KEYS.put(SystemProperty.INTERFACE_ID, "$.ifid");
    KEYS.put(SystemProperty.COMPONENT, "$.sub");
    KEYS.put(SystemProperty.OPERATION, "iothub-operation");
    KEYS.put(SystemProperty.ACK, "iothub-ack");
    KEYS.forEach((property, key) -> BY_KEY.put(key, property));
    BY_KEY.put("ack", SystemProperty.ACK);
  }

  /** .NET receivers take exactly seven digits of a second's fraction. */
  private static final DateTimeFormatter ROUND_TRIP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'");

  private PropertyBag() {}

  /** What a sender said beside the body: in the bag and, in MQTT 5, in properties. */
  record Contents(SystemProperties system, Properties properties, @Nullable String output) {
    static final Contents EMPTY = new Contents(SystemProperties.NONE, Properties.NONE, null);
  }

  /** Told of one pair after the other. */
  interface Pairs {
    void pair(String key, @Nullable String value);
  }

  /** Reads a bag; null when it has too many pairs. Of a key given twice the last counts. */
  static @Nullable Contents decode(String bag, boolean retained, boolean duplicate) {
    return decode(bag, retained, duplicate, PublishProperties.NONE);
  }

  /** Reads a bag and the properties of MQTT 5 beside it, which come after those of the bag. */
  static @Nullable Contents decode(
      String bag, boolean retained, boolean duplicate, PublishProperties beside) {
    if (bag.isEmpty() && !retained && !duplicate && beside.isNone()) {
      return Contents.EMPTY;
    }
    Reader reader = new Reader();
    for (int from = 0; from < bag.length(); ) {
      int to = bag.indexOf('&', from);
      to = to < 0 ? bag.length() : to;
      if (to > from) {
        int equals = bag.indexOf('=', from);
        boolean bare = equals < 0 || equals > to;
        String key = PercentCoding.decode(bag.substring(from, bare ? to : equals));
        String value = bare ? null : PercentCoding.decode(bag.substring(equals + 1, to));
        if (!reader.add(key, value)) {
          return null;
        }
      }
      from = to + 1;
    }
    if (!beside.isNone() && !NativeProperties.read(beside, reader)) {
      return null;
    }
    if (retained) {
      reader.property("mqtt-retain", "true");
    }
    if (duplicate) {
      reader.property("mqtt-dup", "true");
    }
    return reader.contents();
  }

  /** Sorts the pairs that a sender gave. */
  static final class Reader {
    private final SystemProperties.Builder system = new SystemProperties.Builder();
    private final Properties.Builder properties = new Properties.Builder();
    private boolean encodingGiven;
    private @Nullable String output;
    private int pairs;

    /** Takes a pair; false when it is one too many. */
    boolean add(String key, @Nullable String value) {
      if (++pairs > MAX_PAIRS) {
        return false;
      }
      if (key.equals(OUTPUT)) {
        output = value == null || value.isEmpty() ? null : value;
        return true;
      }
      SystemProperty named = BY_KEY.get(key);
      if (named != null) {
        if (value != null) {
          system(named, value);
        }
      } else if (!key.isEmpty() && !key.equals(SENDER_DEVICE) && !key.equals(SENDER_MODULE)) {
        // who sent it is known from the connection, never from what the sender says
        properties.set(key, value);
      }
      return true;
    }

    void system(SystemProperty property, String value) {
      encodingGiven |= property == SystemProperty.CONTENT_ENCODING;
      system.set(property, value);
    }

    /** Says how the body is encoded, unless the sender did. */
    void encoding(String value) {
      if (!encodingGiven) {
        system(SystemProperty.CONTENT_ENCODING, value);
      }
    }

    void property(String name, String value) {
      properties.set(name, value);
    }

    private Contents contents() {
      return new Contents(system.build(), properties.build(), output);
    }
  }

  /**
   * Writes the bag of a delivery to a module. It begins with the sender's id, because SDKs look for
   * an encoded {@code $} to find the bag at all.
   *
   * @param omitEmpty leave out empty and null values, which make some receivers fail
   */
  static void encodeDelivery(Message message, boolean omitEmpty, StringBuilder out) {
    eachOfDelivery(message, omitEmpty, new Writer(out));
  }

  /** The pairs of a delivery to a module, in order. */
  static void eachOfDelivery(Message message, boolean omitEmpty, Pairs out) {
    Identity sender = message.source().sender();
    pair(SENDER_DEVICE, sender.deviceId(), omitEmpty, out);
    if (sender instanceof Identity.Module module) {
      pair(SENDER_MODULE, module.moduleId(), omitEmpty, out);
    }
    eachProperty(message, omitEmpty, out);
  }

  /** Writes the bag of a message that goes upstream, where the topic names the sender. */
  static void encodeUpstream(Message message, StringBuilder out) {
    Writer writer = new Writer(out);
    if (message.source().output() != null) {
      pair(OUTPUT, message.source().output(), false, writer);
    }
    eachProperty(message, false, writer);
  }

  private static void eachProperty(Message message, boolean omitEmpty, Pairs out) {
    for (Map.Entry<SystemProperty, String> entry : KEYS.entrySet()) {
      String value = message.system().get(entry.getKey());
      if (value != null) {
        String shown = isTime(entry.getKey()) ? roundTrip(value) : value;
        if (shown != null) {
          pair(entry.getValue(), shown, omitEmpty, out);
        }
      }
    }
    Properties properties = message.properties();
    for (int i = 0; i < properties.size(); i++) {
      pair(properties.name(i), properties.value(i), omitEmpty, out);
    }
    // the id of the first hub that accepted the message is the one that is kept
    if (!properties.contains(EDGE_MESSAGE_ID)) {
      pair(EDGE_MESSAGE_ID, message.id().toString(), omitEmpty, out);
    }
  }

  private static boolean isTime(SystemProperty property) {
    return property == SystemProperty.EXPIRY || property == SystemProperty.CREATION_TIME;
  }

  /** The time in the form every receiver parses; null when it is no time. */
  private static @Nullable String roundTrip(String time) {
    try {
      return ROUND_TRIP.format(OffsetDateTime.parse(time).withOffsetSameInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static void pair(String key, @Nullable String value, boolean omitEmpty, Pairs out) {
    if (!omitEmpty || (value != null && !value.isEmpty())) {
      out.pair(key, value);
    }
  }

  /** Writes pairs into a topic. */
  private record Writer(StringBuilder out) implements Pairs {
    @Override
    public void pair(String key, @Nullable String value) {
      if (out.length() > 0 && out.charAt(out.length() - 1) != '/') {
        out.append('&');
      }
      PercentCoding.encode(key, out);
      if (value != null) {
        out.append('=');
        PercentCoding.encode(value, out);
      }
    }
  }
}
