package dev.edgehub.identity;

import java.util.List;
import java.util.Objects;

/** A registry, or everything that is wrong with its text. */
public sealed interface RegistryResult {

  record Valid(Registry registry) implements RegistryResult {
    public Valid {
      Objects.requireNonNull(registry, "registry");
    }
  }

  /**
   * Not a registry.
   *
   * @param issues at least one sentence, each with its place and without any secret
   */
  record Invalid(List<String> issues) implements RegistryResult {
    public Invalid {
      issues = List.copyOf(issues);
    }
  }
}
