package dev.edgehub.fuzz;

import java.util.List;

/** The targets of this module. */
final class CoreTargets {

  private static final List<String> EVERYTHING = List.of("dev.edgehub.**");

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
            EVERYTHING),
        new FuzzTarget(
            "condition",
            ConditionTarget.class,
            ConditionTarget::fuzzerTestOneInput,
            "language",
            384,
            "cov",
            EVERYTHING),
        // the names of members are compared with those of paths, which the fuzzer does well to
        // watch
        new FuzzTarget(
            "body",
            BodyTarget.class,
            BodyTarget::fuzzerTestOneInput,
            "body",
            384,
            "cov:cmp",
            EVERYTHING));
  }
}
