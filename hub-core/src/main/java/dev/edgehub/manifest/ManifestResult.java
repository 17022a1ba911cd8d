package dev.edgehub.manifest;

import java.util.List;
import java.util.Objects;

/** A manifest, or everything that is wrong with it. */
public sealed interface ManifestResult {

  record Accepted(Manifest manifest) implements ManifestResult {
    public Accepted {
      Objects.requireNonNull(manifest, "manifest");
    }
  }

  /**
   * Refused whole.
   *
   * @param issues at least one, each beginning with its place
   */
  record Rejected(List<String> issues) implements ManifestResult {
    public Rejected {
      issues = List.copyOf(issues);
    }
  }
}
