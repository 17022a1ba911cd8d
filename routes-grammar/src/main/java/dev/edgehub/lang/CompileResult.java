package dev.edgehub.lang;

import java.util.List;
import java.util.Objects;

/** What became of one route text. */
public sealed interface CompileResult {

  /**
   * The text is a route.
   *
   * @param warnings what is legal but probably not meant
   */
  record Compiled(CompiledRoute route, List<RouteIssue> warnings) implements CompileResult {
    public Compiled {
      Objects.requireNonNull(route, "route");
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The text is not a route.
   *
   * @param issues at least one: what keeps a part of the route from being read, then all else, each
   *     in order of place
   */
  record Rejected(List<RouteIssue> issues) implements CompileResult {
    public Rejected {
      issues = List.copyOf(issues);
      if (issues.isEmpty()) {
        throw new IllegalArgumentException("a rejection names at least one issue");
      }
    }
  }
}
