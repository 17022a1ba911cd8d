package dev.edgehub.lang;

import java.util.Objects;

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
    throw new UnsupportedOperationException(name + text + limits);
  }
}
