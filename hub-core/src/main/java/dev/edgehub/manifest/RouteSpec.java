package dev.edgehub.manifest;

import java.util.Objects;

/**
 * A route as the manifest writes it, not yet compiled.
 *
 * @param priority 0 to 9, or {@link #DEFAULT_PRIORITY}
 * @param timeToLiveSecs 0 to take over the manifest's, else 1 to 4294967295
 */
public record RouteSpec(String name, String text, int priority, long timeToLiveSecs) {

  /** The priority of a route that gives none: after all that do. */
  public static final int DEFAULT_PRIORITY = 2_000_000_000;

  public RouteSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
  }
}
