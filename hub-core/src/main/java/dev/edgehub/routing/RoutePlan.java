package dev.edgehub.routing;

import dev.edgehub.lang.CompiledRoute;
import dev.edgehub.lang.eval.Condition;

/** A compiled route and what it gives to the messages it takes. */
record RoutePlan(CompiledRoute route, RouteTarget target) {

  boolean unconditional() {
    return route.condition() == Condition.ALWAYS;
  }
}
