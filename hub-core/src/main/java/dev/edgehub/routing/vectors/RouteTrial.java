package dev.edgehub.routing.vectors;

import dev.edgehub.lang.CompileLimits;
import dev.edgehub.lang.CompileResult;
import dev.edgehub.lang.CompiledRoute;
import dev.edgehub.lang.ConditionExplainer;
import dev.edgehub.lang.Explanation;
import dev.edgehub.lang.SourcePattern;
import dev.edgehub.message.SinkId;
import dev.edgehub.routing.RouteFinding;
import dev.edgehub.routing.RouteTable;
import dev.edgehub.routing.RouteTableResult;
import dev.edgehub.routing.RouteTarget;
import java.util.List;
import java.util.Objects;

/** What one route does with one message. */
public sealed interface RouteTrial {

  /**
   * Tries a route.
   *
   * @param name what issues call the route
   * @param text untrusted text of any length
   */
  static RouteTrial of(String name, String text, VectorMessage message) {
    RouteTableResult result = Compiling.table(name, text);
    if (result instanceof RouteTableResult.Rejected rejected) {
      return new Rejected(rejected.findings());
    }
    RouteTable table = ((RouteTableResult.Compiled) result).table();
    List<RouteTarget> targets = table.route(message.path(), message.view(table.bodyPaths()));
    CompiledRoute route = ((CompileResult.Compiled) Compiling.route(name, text)).route();
    Explanation explanation =
        new ConditionExplainer(CompileLimits.DEFAULT)
            .explain(route, message.view(table.bodyPaths()), message.bodyTrouble());
    return new Tried(
        route.source(),
        message.path(),
        explanation,
        table.sinks().iterator().next(),
        !targets.isEmpty(),
        result.findings());
  }

  /** The text is not a route. */
  record Rejected(List<RouteFinding> findings) implements RouteTrial {
    public Rejected {
      findings = List.copyOf(findings);
    }
  }

  /**
   * The text is a route.
   *
   * @param path of the message
   * @param delivered what a table of this one route decides
   * @param warnings what is legal in the route but probably not meant
   */
  record Tried(
      SourcePattern source,
      String path,
      Explanation condition,
      SinkId sink,
      boolean delivered,
      List<RouteFinding> warnings)
      implements RouteTrial {
    public Tried {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(condition, "condition");
      Objects.requireNonNull(sink, "sink");
      warnings = List.copyOf(warnings);
    }

    /** Whether FROM selects the message. */
    public boolean selected() {
      return source.matches(path);
    }
  }
}
