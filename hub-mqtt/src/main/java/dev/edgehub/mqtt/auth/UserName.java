package dev.edgehub.mqtt.auth;

import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.topic.PercentCoding;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The IoT Hub user name, {@code host/device[/module]/?api-version=…&DeviceClientType=…}, in its
 * forms: with {@code /?}, with the properties as a last segment of their own, and with a bare
 * {@code ?} after the id. A question mark may also be part of an id.
 *
 * @param host the name the client believes to talk to
 * @param properties percent-decoded; of one given twice the first counts
 */
record UserName(String host, Identity identity, Map<String, String> properties) {

  static final int MAX_LENGTH = 4_096;

  private static final String VERSION = "api-version";
  private static final String VERSION_IS = VERSION + "=";

  /** An old client that puts slashes where others put ampersands. */
  private static final List<String> LEGACY =
      List.of(
          "api-version=2017-06-30",
          "DeviceClientType=Microsoft.Azure.Devices.Client",
          "1.5.1-preview-003");

  /** Where the ids end: {@code ids} segments after the host, then the properties. */
  private record Cut(List<String> ids, String query) {}

  /** Reads a user name; empty when it is none or has no {@code api-version}. */
  static Optional<UserName> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    List<String> segments = Arrays.asList(text.split("/", -1));
    return cut(segments)
        .filter(cut -> !segments.get(0).isEmpty())
        .flatMap(cut -> of(segments.get(0), cut));
  }

  private static Optional<UserName> of(String host, Cut cut) {
    if (cut.ids().isEmpty() || cut.ids().size() > 2) {
      return Optional.empty();
    }
    Map<String, String> properties = properties(cut.query());
    if (properties.getOrDefault(VERSION, "").isEmpty()) {
      return Optional.empty();
    }
    return Identity.parse(String.join("/", cut.ids()))
        .map(identity -> new UserName(host, identity, properties));
  }

  private static Optional<Cut> cut(List<String> segments) {
    int last = segments.size() - 1;
    String end = segments.get(last);
    if (end.startsWith("?")) {
      return cutAt(segments, last, end.substring(1));
    }
    int question = end.lastIndexOf('?', Math.max(0, end.indexOf(VERSION_IS)));
    if (question > 0 && last > 0 && last <= 2) {
      // an id and its properties in one segment
      List<String> ids = segments.subList(1, last);
      return Optional.of(
          new Cut(
              Stream.concat(ids.stream(), Stream.of(end.substring(0, question))).toList(),
              end.substring(question + 1)));
    }
    if (end.contains(VERSION_IS) && last <= 3) {
      return cutAt(segments, last, end);
    }
    if (last == 5 && segments.subList(3, 6).equals(LEGACY)) {
      return cutAt(segments, 3, LEGACY.get(0) + "&" + LEGACY.get(1) + "/" + LEGACY.get(2));
    }
    // values with slashes that should have been encoded
    for (int i = 2; i <= Math.min(3, last); i++) {
      if (segments.get(i).startsWith("?")) {
        String query = String.join("/", segments.subList(i, segments.size()));
        return cutAt(segments, i, query.substring(1));
      }
    }
    return Optional.empty();
  }

  private static Optional<Cut> cutAt(List<String> segments, int at, String query) {
    return at < 1 ? Optional.empty() : Optional.of(new Cut(segments.subList(1, at), query));
  }

  private static Map<String, String> properties(String query) {
    Map<String, String> properties = new TreeMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        properties.putIfAbsent(
            pair.substring(0, equals), PercentCoding.decode(pair.substring(equals + 1)));
      }
    }
    return properties;
  }

  /** What a text that is no user name is instead, as the end of a sentence; quotes nothing. */
  static String whatIsWrong(String text) {
    if (text.length() > MAX_LENGTH) {
      return "one of " + text.length() + " characters; " + MAX_LENGTH + " are read";
    }
    Optional<Cut> cut = cut(Arrays.asList(text.split("/", -1)));
    if (cut.isEmpty()) {
      return "another form";
    }
    List<String> ids = cut.get().ids();
    if (ids.stream().anyMatch(id -> id.indexOf('#') >= 0 || id.indexOf('+') >= 0)) {
      return "an id with # or +: legal at IoT Hub, but wildcards in MQTT topics; rename it";
    }
    if (ids.isEmpty() || ids.size() > 2) {
      return ids.size() + " ids";
    }
    if (Identity.parse(String.join("/", ids)).isEmpty()) {
      return "an id that cannot be one (1 to 128 letters, digits and - : . _ and the like)";
    }
    return "no api-version";
  }

  /**
   * Ids of {@code auth-chain}: whom the connection is for first, then the edge devices it passes,
   * the one that connects last; empty when the client connects for itself.
   */
  List<String> authChain() {
    String chain = properties.getOrDefault("auth-chain", "");
    return chain.isEmpty() ? List.of() : List.of(chain.split(";", -1));
  }

  /** Whether an edge hub connects in the name of somebody else than itself. */
  boolean actsForAnother() {
    List<String> chain = authChain();
    return chain.size() > 1 && !identity.id().equals(chain.get(chain.size() - 1) + "/$edgeHub");
  }
}
