package dev.edgehub.manifest;

import java.util.Objects;

/**
 * A route as the manifest writes it, not yet compiled.
 *
 * @param priority 0 to 9, or {@link #DEFAULT_PRIORITY}
 * @param timeToLiveSecs 0 to take over the manifest's, else 1 to 4294967295
 * @param maxBytes the route adds to its queue while that holds fewer bytes than this; at least 1,
 *     or {@link #NO_LIMIT}
 */
public record RouteSpec(
    String name, String text, int priority, long timeToLiveSecs, long maxBytes) {

  /** The priority of a route that gives none: after all that do. */
  public static final int DEFAULT_PRIORITY = 2_000_000_000;

  /** No limit on the bytes of the route's queue. */
  public static final long NO_LIMIT = 0;

  /** A route without a limit. */
  public RouteSpec(String name, String text, int priority, long timeToLiveSecs) {
    this(name, text, priority, timeToLiveSecs, NO_LIMIT);
  }

  public RouteSpec {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
  }
}
