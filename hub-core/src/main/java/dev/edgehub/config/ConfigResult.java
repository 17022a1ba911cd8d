package dev.edgehub.config;

import java.util.List;
import java.util.Objects;

/** A configuration, or everything that is wrong with it. */
public sealed interface ConfigResult {

  record Valid(HubConfig config) implements ConfigResult {
    public Valid {
      Objects.requireNonNull(config, "config");
    }
  }

  /**
   * Not a configuration.
   *
   * @param issues at least one sentence, each naming the key, what was expected and what was found
   */
  record Invalid(List<String> issues) implements ConfigResult {
    public Invalid {
      issues = List.copyOf(issues);
    }
  }
}
