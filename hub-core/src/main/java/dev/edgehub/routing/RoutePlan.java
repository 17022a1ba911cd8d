package dev.edgehub.routing;

import dev.edgehub.lang.CompiledRoute;
import dev.edgehub.lang.eval.Condition;
import java.util.Comparator;
import java.util.List;

/**
 * A compiled route and what it gives to the messages it takes.
 *
 * @param alone the target as a list: most messages go to one sink
 */
record RoutePlan(CompiledRoute route, RouteTarget target, List<RouteTarget> alone) {

  /** By priority, then by name. */
  static final Comparator<RoutePlan> STRONGEST_FIRST =
      Comparator.comparingInt((RoutePlan plan) -> plan.target().priority())
          .thenComparing(plan -> plan.target().route());

  RoutePlan(CompiledRoute route, RouteTarget target) {
    this(route, target, List.of(target));
  }

  /** What the source path of its messages starts with, ignoring case. */
  String prefix() {
    return route.source().prefix();
  }

  boolean unconditional() {
    return route.condition() == Condition.ALWAYS;
  }
}
