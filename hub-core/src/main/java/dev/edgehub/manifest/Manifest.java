package dev.edgehub.manifest;

import java.util.List;

/**
 * What the hub takes from a deployment manifest.
 *
 * @param routes in the order of their names
 * @param timeToLiveSecs for messages whose route gives none; negative = for ever
 */
public record Manifest(List<RouteSpec> routes, long timeToLiveSecs) {

  /** No routes: every message is acknowledged and goes nowhere. */
  public static final Manifest EMPTY = new Manifest(List.of(), 7200);

  public Manifest {
    routes = List.copyOf(routes);
  }
}
