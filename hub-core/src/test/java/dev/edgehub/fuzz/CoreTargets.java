package dev.edgehub.fuzz;

import java.util.List;

/** The targets of this module. */
final class CoreTargets {

  private CoreTargets() {}

  static List<FuzzTarget> all() {
    return List.of(
        new FuzzTarget(
            "route",
            RouteTarget.class,
            RouteTarget::fuzzerTestOneInput,
            "language",
            256,
            "cov",
            List.of()),
        new FuzzTarget(
            "condition",
            ConditionTarget.class,
            ConditionTarget::fuzzerTestOneInput,
            "language",
            384,
            "cov",
            List.of()),
        // the names of members are compared with those of paths, which the fuzzer does well to
        // watch
        new FuzzTarget(
            "body",
            BodyTarget.class,
            BodyTarget::fuzzerTestOneInput,
            "body",
            384,
            "cov:cmp",
            List.of()));
  }
}
