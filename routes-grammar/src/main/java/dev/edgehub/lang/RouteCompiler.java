package dev.edgehub.lang;

import dev.edgehub.lang.CompileResult.Compiled;
import dev.edgehub.lang.CompileResult.Rejected;
import dev.edgehub.lang.eval.Condition;
import dev.edgehub.lang.grammar.RouteParser.RouteContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Compiles route text. Immutable; any number of threads may use one. */
public final class RouteCompiler {

  private final CompileLimits limits;

  public RouteCompiler(CompileLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * Compiles one route, {@code [SELECT *] FROM source [WHERE condition] INTO sink}.
   *
   * @param name what issues call the route
   * @param text untrusted text of any length
   * @return the route, or all issues found; never throws for wrong text
   */
  public CompileResult compile(String name, String text) {
    Issues issues = new Issues(name, text);
    Optional<RouteContext> parsed = new SyntaxParser(limits, issues).parse(text);
    if (parsed.isEmpty()) {
      return new Rejected(issues.sorted());
    }
    RouteTree tree = new TreeBuilder(issues).build(parsed.get());
    Types types = tree.where().map(new Checker(issues)::check).orElseGet(Types::new);
    if (tree.sink().isEmpty() || !issues.isEmpty()) {
      return new Rejected(issues.sorted());
    }
    return compiled(name, text, tree, tree.sink().get(), types);
  }

  private static CompileResult compiled(
      String name, String text, RouteTree tree, SinkRef sink, Types types) {
    if (tree.where().isEmpty()) {
      CompiledRoute route =
          new CompiledRoute(
              name, text, tree.source(), Condition.ALWAYS, tree.conditionText(), sink, Set.of());
      return new Compiled(route, List.of());
    }
    Expr where = tree.where().get();
    Planner planner = new Planner(types);
    Condition condition = planner.plan(where);
    CompiledRoute route =
        new CompiledRoute(
            name, text, tree.source(), condition, tree.conditionText(), sink, planner.bodyPaths());
    return new Compiled(route, new Warnings(new Issues(name, text)).of(where));
  }
}
