package dev.edgehub.mqtt.auth;

import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.topic.PercentCoding;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A shared access signature as it came: {@code SharedAccessSignature sr=…&sig=…&se=…}, its fields
 * in any order and case, each once; unknown ones are ignored. Nothing of it is proven yet.
 *
 * @param resource {@code sr} exactly as received, because that is what was signed
 * @param expiry {@code se} exactly as received, Unix seconds
 * @param signature 32 bytes
 * @param policy whether it names a policy of the whole hub ({@code skn})
 */
record SasToken(
    String resource, String expiry, byte[] signature, boolean policy, Audience audience) {

  /** The largest token looked at, in bytes. */
  static final int MAX_BYTES = 4_096;

  private static final String SCHEME = "SharedAccessSignature ";
  private static final int MAX_FIELDS = 16;
  private static final int SIGNATURE_BYTES = 32;

  /** More seconds than any date needs; in milliseconds they still fit a long. */
  private static final int MAX_EXPIRY_DIGITS = 15;

  /**
   * Whom a token is for, percent-decoded once.
   *
   * @param module empty for a device
   */
  record Audience(String host, String device, String module) {

    /** Reads {@code host/devices/D} or {@code host/devices/D/modules/M}. */
    private static Optional<Audience> parse(String resource) {
      String[] parts = PercentCoding.decode(resource).split("/", -1);
      boolean device = parts.length == 3 && parts[1].equalsIgnoreCase("devices");
      boolean module =
          parts.length == 5
              && parts[1].equalsIgnoreCase("devices")
              && parts[3].equalsIgnoreCase("modules")
              && !parts[4].isEmpty();
      return device || module
          ? Optional.of(new Audience(parts[0], parts[2], module ? parts[4] : ""))
          : Optional.empty();
    }

    /** Whether it is the identity's own, or that of the device which a module is on. */
    boolean covers(Identity identity) {
      boolean sameDevice = isId(device, identity.deviceId());
      if (module.isEmpty()) {
        return sameDevice;
      }
      return sameDevice && identity instanceof Identity.Module own && isId(module, own.moduleId());
    }

    /** Some clients encode ids twice; an id may also hold a percent sign of its own. */
    private static boolean isId(String found, String id) {
      return found.equalsIgnoreCase(id) || PercentCoding.decode(found).equalsIgnoreCase(id);
    }
  }

  /** Reads a token; empty when the bytes are none. */
  static Optional<SasToken> parse(byte[] password) {
    if (password.length > MAX_BYTES) {
      return Optional.empty();
    }
    String text = new String(password, StandardCharsets.ISO_8859_1);
    if (!isPrintable(text) || !text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    return fields(text.substring(SCHEME.length())).flatMap(SasToken::of);
  }

  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 127);
  }

  private static Optional<Map<String, String>> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    for (String field : text.split("&", MAX_FIELDS + 1)) {
      int equals = field.indexOf('=');
      if (equals < 1
          || fields.size() == MAX_FIELDS
          || fields.put(
                  field.substring(0, equals).toLowerCase(Locale.ROOT), field.substring(equals + 1))
              != null) {
        return Optional.empty();
      }
    }
    return Optional.of(fields);
  }

  private static Optional<SasToken> of(Map<String, String> fields) {
    String resource = fields.getOrDefault("sr", "");
    String expiry = fields.getOrDefault("se", "");
    Optional<byte[]> signature = signature(fields.getOrDefault("sig", ""));
    if (signature.isEmpty() || !expiry.matches("[0-9]+") || expiry.length() > MAX_EXPIRY_DIGITS) {
      return Optional.empty();
    }
    boolean policy = !fields.getOrDefault("skn", "").isEmpty();
    return Audience.parse(resource)
        .map(audience -> new SasToken(resource, expiry, signature.get(), policy, audience));
  }

  private static Optional<byte[]> signature(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(PercentCoding.decode(text));
      return bytes.length == SIGNATURE_BYTES ? Optional.of(bytes) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What the signature is over. */
  String signedText() {
    return resource + "\n" + expiry;
  }

  /** When it ends, in Unix seconds. */
  long expirySeconds() {
    return Long.parseLong(expiry);
  }

  /** Nothing that could be used to get in. */
  @Override
  public String toString() {
    return "SasToken[" + audience + ", se=" + expiry + "]";
  }
}
