package dev.edgehub.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of all layers by key, asked for one by one. Whatever is never asked for is unknown;
 * every mistake becomes an issue and the default stands in, so that all mistakes show at once.
 */
final class Settings {

  private final Map<String, String> file;
  private final Map<String, String> environment;
  private final Map<String, String> overrides;
  private final Set<String> known = new HashSet<>();
  private final Set<String> knownVariables = new HashSet<>();
  private final List<String> issues = new ArrayList<>();

  Settings(
      Map<String, String> file, Map<String, String> environment, Map<String, String> overrides) {
    this.file = file;
    this.environment = environment;
    this.overrides = overrides;
  }

  void issue(String text) {
    issues.add(text);
  }

  /** The strongest layer's text, or null when the key is set nowhere. */
  @Nullable String raw(String key) {
    known.add(key);
    String variable = variable(key);
    knownVariables.add(variable);
    if (overrides.containsKey(key)) {
      return overrides.get(key);
    }
    return environment.containsKey(variable) ? environment.get(variable) : file.get(key);
  }

  String text(String key, String whenAbsent) {
    String value = raw(key);
    if (value == null) {
      return whenAbsent;
    }
    if (value.isBlank()) {
      issue(key + ": expected a text, found a blank one");
      return whenAbsent;
    }
    return value;
  }

  @Nullable Path path(String key) {
    String value = raw(key);
    if (value == null || value.isBlank()) {
      return null;
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      issue(key + ": expected a path, found one that cannot be: " + e.getReason());
      return null;
    }
  }

  long number(String key, long whenAbsent, long min, long max) {
    String value = raw(key);
    if (value == null) {
      return whenAbsent;
    }
    try {
      long number = Long.parseLong(value.trim());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // told below, with the range
    }
    issue(key + ": expected a whole number from " + min + " to " + max + ", found " + value);
    return whenAbsent;
  }

  int integer(String key, int whenAbsent, int min, int max) {
    return (int) number(key, whenAbsent, min, max);
  }

  boolean flag(String key, boolean whenAbsent) {
    String value = raw(key);
    if (value == null || value.equals("true") || value.equals("false")) {
      return value == null ? whenAbsent : value.equals("true");
    }
    issue(key + ": expected true or false, found " + value);
    return whenAbsent;
  }

  String oneOf(String key, String whenAbsent, List<String> values) {
    String value = raw(key);
    if (value == null || values.contains(value)) {
      return value == null ? whenAbsent : value;
    }
    issue(key + ": expected one of " + String.join(", ", values) + ", found " + value);
    return whenAbsent;
  }

  /** A key that a later version will offer: only its neutral value is taken. */
  void notYet(String key, String neutral, String what) {
    String value = raw(key);
    if (value != null && !value.equals(neutral)) {
      issue(
          key + ": " + what + " is not part of this version; leave it out or set it to " + neutral);
    }
  }

  /** All issues, those of unknown keys included. Asked once, after every key. */
  List<String> issues() {
    Map<String, String> unknown = new TreeMap<>();
    file.keySet().forEach(key -> unknown.put(key, "key in the configuration file"));
    overrides.keySet().forEach(key -> unknown.put(key, "key"));
    unknown.keySet().removeAll(known);
    unknown.forEach((key, where) -> issue(key + ": unknown " + where + nearest(key)));
    for (String variable : environment.keySet()) {
      if (!knownVariables.contains(variable)) {
        issue(
            variable
                + ": unknown environment variable; keys are written like EDGEHUB_STORE_MAXBYTES");
      }
    }
    return List.copyOf(issues);
  }

  private String nearest(String key) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    return known.stream()
        .filter(k -> k.equalsIgnoreCase(key) || k.endsWith("." + last) || key.endsWith("." + k))
        .sorted()
        .findFirst()
        .map(k -> "; did you mean " + k + "?")
        .orElse("");
  }

  private static String variable(String key) {
    return "EDGEHUB_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
  }
}
