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
   * @param routes those that could be read, so that their texts can be checked too
   */
  record Rejected(List<String> issues, List<RouteSpec> routes) implements ManifestResult {
    public Rejected {
      issues = List.copyOf(issues);
      routes = List.copyOf(routes);
    }
  }
}
