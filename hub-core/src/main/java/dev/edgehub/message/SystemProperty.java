package dev.edgehub.message;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The system properties that a message can carry, by the names that conditions use. The numbers are
 * written to disk: they are never changed and never used again.
 */
public enum SystemProperty {
  MESSAGE_ID(1, "messageId"),
  /** Conditions see the correlation id under its short name only, as upstream does. */
  CORRELATION_ID(2, "cid"),
  USER_ID(3, "userId"),
  TO(4, "to"),
  EXPIRY(5, "absolute-expiry-time"),
  CONTENT_TYPE(6, "contentType"),
  CONTENT_ENCODING(7, "contentEncoding"),
  MESSAGE_SCHEMA(8, "messageSchema"),
  CREATION_TIME(9, "creationTime"),
  ACK(10, "ack"),
  OPERATION(11, "operation"),
  INTERFACE_ID(12, "iothub-interface-id"),
  COMPONENT(13, "dt-subject"),
  MODEL_ID(14, "modelId");

  /** Above every number. */
  static final int NUMBERS = 16;

  private static final SystemProperty[] BY_NUMBER = new SystemProperty[NUMBERS];
  private static final Map<String, SystemProperty> BY_NAME = new HashMap<>();

  static {
    for (SystemProperty property : values()) {
      BY_NUMBER[property.number] = property;
      BY_NAME.put(property.propertyName, property);
      BY_NAME.put(property.propertyName.toLowerCase(Locale.ROOT), property);
    }
  }

  private final int number;
  private final String propertyName;

  SystemProperty(int number, String propertyName) {
    this.number = number;
    this.propertyName = propertyName;
  }

  int number() {
    return number;
  }

  /** The name that conditions use after {@code $}. */
  public String propertyName() {
    return propertyName;
  }

  /** The property of that name, whatever the case of its letters; null when there is none. */
  public static @Nullable SystemProperty byName(String name) {
    SystemProperty exact = BY_NAME.get(name);
    return exact != null ? exact : BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }

  static @Nullable SystemProperty byNumber(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
  }
}
