package dev.edgehub.message;

import java.util.Objects;

/**
 * A message as the hub knows it. Immutable; the body array is not copied and must not be changed.
 *
 * @param id given by the hub that accepted it first
 * @param source who sent it, and on which output
 * @param system what the sender said about it
 * @param properties the application's own
 */
public record Message(
    EdgeMessageId id,
    MessageSource source,
    SystemProperties system,
    Properties properties,
    byte[] body) {

  public Message {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(system, "system");
    Objects.requireNonNull(properties, "properties");
    Objects.requireNonNull(body, "body");
  }

  /** Body and the lengths of all property names and values, in bytes as far as they are ASCII. */
  public int size() {
    int size = body.length;
    for (int i = 0; i < properties.size(); i++) {
      String value = properties.value(i);
      size += properties.name(i).length() + (value == null ? 0 : value.length());
    }
    for (SystemProperty property : SystemProperty.values()) {
      String value = system.get(property);
      size += value == null ? 0 : property.propertyName().length() + value.length();
    }
    return size;
  }
}
