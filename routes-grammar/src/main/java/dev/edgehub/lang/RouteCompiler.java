package dev.edgehub.lang;

import dev.edgehub.lang.CompileResult.Compiled;
import dev.edgehub.lang.CompileResult.Rejected;
import dev.edgehub.lang.eval.Condition;
import java.util.Objects;
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
    ParsedRoute parsed = new SyntaxParser(limits, issues).parse(text);
    RouteTree tree = new TreeBuilder(issues).build(parsed);
    tree.pieces().forEach(new Checker(issues)::check);
    Types types = tree.where().map(new Checker(issues)::check).orElseGet(Types::new);
    if (!issues.isEmpty()) {
      return new Rejected(issues.sorted());
    }
    Issues warnings = new Issues(name, text);
    if (parsed.source() != null) {
      new SourceWarnings(warnings).look(parsed.source());
    }
    CompiledRoute route = compiled(name, text, tree, types);
    tree.where().ifPresent(where -> new Warnings(warnings).look(where, types.of(where), route));
    return new Compiled(route, warnings.sorted());
  }

  private static CompiledRoute compiled(String name, String text, RouteTree tree, Types types) {
    SourcePattern source = tree.source().orElseThrow();
    SinkRef sink = tree.sink().orElseThrow();
    if (tree.where().isEmpty()) {
      return new CompiledRoute(
          name, text, source, Condition.ALWAYS, tree.conditionText(), sink, Set.of());
    }
    Planner planner = new Planner(types);
    Condition condition = planner.plan(tree.where().get());
    return new CompiledRoute(
        name, text, source, condition, tree.conditionText(), sink, planner.bodyPaths());
  }
}
