package dev.edgehub.routing;

import java.util.List;
import java.util.Objects;

/** A table of routes, or everything that is wrong with the set. */
public sealed interface RouteTableResult {

  /** What there is to say of the routes, in their order. */
  List<RouteFinding> findings();

  /**
   * Every route compiled.
   *
   * @param findings warnings only
   */
  record Compiled(RouteTable table, List<RouteFinding> findings) implements RouteTableResult {
    public Compiled {
      Objects.requireNonNull(table, "table");
      findings = List.copyOf(findings);
    }

    /** The warnings rendered, one text each. */
    public List<String> warnings() {
      return findings.stream().map(RouteFinding::render).toList();
    }
  }

  /**
   * At least one route is wrong, so none is in force.
   *
   * @param findings with the warnings of the other routes
   */
  record Rejected(List<RouteFinding> findings) implements RouteTableResult {
    public Rejected {
      findings = List.copyOf(findings);
    }

    /** The issues rendered with line, column and caret, one text each; without the warnings. */
    public List<String> issues() {
      return findings.stream()
          .filter(finding -> !finding.warning())
          .map(RouteFinding::render)
          .toList();
    }
  }
}
