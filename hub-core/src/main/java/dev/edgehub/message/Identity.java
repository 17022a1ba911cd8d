package dev.edgehub.message;

import java.util.Objects;
import java.util.Optional;

/** Who a client is: a device, or a module on a device. Ids are case-sensitive. */
public sealed interface Identity {

  /** The longest device or module id, in characters (IoT Hub's limit). */
  int MAX_ID_LENGTH = 128;

  String deviceId();

  /** {@code device} or {@code device/module}: the MQTT client id, and the name in lists. */
  String id();

  /** A leaf or edge device. */
  record Device(String deviceId) implements Identity {
    public Device {
      requireId(deviceId, "device id");
    }

    @Override
    public String id() {
      return deviceId;
    }

    @Override
    public String toString() {
      return id();
    }
  }

  /** A module of a device. */
  record Module(String deviceId, String moduleId) implements Identity {
    public Module {
      requireId(deviceId, "device id");
      requireId(moduleId, "module id");
    }

    @Override
    public String id() {
      return deviceId + "/" + moduleId;
    }

    @Override
    public String toString() {
      return id();
    }
  }

  /** Reads {@code device} or {@code device/module}; empty when it is neither. */
  static Optional<Identity> parse(String id) {
    int slash = id.indexOf('/');
    if (slash < 0) {
      return isId(id) ? Optional.of(new Device(id)) : Optional.empty();
    }
    String device = id.substring(0, slash);
    String module = id.substring(slash + 1);
    return isId(device) && isId(module)
        ? Optional.of(new Module(device, module))
        : Optional.empty();
  }

  /**
   * Whether the text can be a device or module id: 1 to 128 characters of letters, digits and
   * {@code - : . % _ * ? ! ( ) , = @ ; $ '}. IoT Hub also allows {@code +} and {@code #}; they are
   * wildcards in MQTT topics, so no client could use such an id here.
   */
  static boolean isId(String text) {
    if (text.isEmpty() || text.length() > MAX_ID_LENGTH || text.equals(".") || text.equals("..")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && "-:.%_*?!(),=@;$'".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static void requireId(String id, String what) {
    Objects.requireNonNull(id, what);
    if (!isId(id)) {
      throw new IllegalArgumentException("not a " + what + ": " + id);
    }
  }
}
