package dev.edgehub.routing;

import java.util.List;
import java.util.Objects;

/** A table of routes, or everything that is wrong with the set. */
public sealed interface RouteTableResult {

  /**
   * Every route compiled.
   *
   * @param warnings rendered, one text each
   */
  record Compiled(RouteTable table, List<String> warnings) implements RouteTableResult {
    public Compiled {
      Objects.requireNonNull(table, "table");
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * At least one route is wrong, so none is in force.
   *
   * @param issues rendered with line, column and caret, one text each
   */
  record Rejected(List<String> issues) implements RouteTableResult {
    public Rejected {
      issues = List.copyOf(issues);
    }
  }
}
