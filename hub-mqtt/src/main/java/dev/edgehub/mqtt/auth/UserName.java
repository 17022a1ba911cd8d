package dev.edgehub.mqtt.auth;

import dev.edgehub.message.Identity;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The IoT Hub user name, {@code host/device[/module]/?api-version=…&DeviceClientType=…}, in its
 * three forms: with {@code /?}, with the properties as a last segment of their own, and with a bare
 * {@code ?} after the id.
 *
 * @param host the name the client believes to talk to
 * @param properties percent-decoded; of one given twice the first counts
 */
record UserName(String host, Identity identity, Map<String, String> properties) {

  private static final int MAX_LENGTH = 4_096;

  /** Reads a user name; empty when it is none or has no {@code api-version}. */
  static Optional<UserName> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    // an id may hold a question mark too, so the form with a slash before it is looked for first
    int slashed = text.indexOf("/?");
    int question = slashed < 0 ? text.indexOf('?') : slashed + 1;
    String path = question < 0 ? text : text.substring(0, question);
    String query = question < 0 ? "" : text.substring(question + 1);
    if (question >= 0 && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    String[] segments = path.split("/", -1);
    int ids = segments.length - 1;
    if (question < 0) {
      // the older form: whatever holds the api-version and all that follows it
      int first = 1;
      while (first < segments.length && !segments[first].contains("api-version=")) {
        first++;
      }
      ids = first - 1;
      query = String.join("/", Arrays.asList(segments).subList(first, segments.length));
    }
    if (segments[0].isEmpty() || ids < 1 || ids > 2) {
      return Optional.empty();
    }
    Map<String, String> properties = properties(query);
    String id = ids == 1 ? segments[1] : segments[1] + "/" + segments[2];
    String version = properties.get("api-version");
    if (version == null || version.isEmpty()) {
      return Optional.empty();
    }
    return Identity.parse(id).map(identity -> new UserName(segments[0], identity, properties));
  }

  private static Map<String, String> properties(String query) {
    Map<String, String> properties = new TreeMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        properties.putIfAbsent(pair.substring(0, equals), decode(pair.substring(equals + 1)));
      }
    }
    return properties;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
