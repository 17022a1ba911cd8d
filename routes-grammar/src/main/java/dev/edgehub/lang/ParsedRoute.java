package dev.edgehub.lang;

import dev.edgehub.lang.grammar.RouteParser.ConditionContext;
import dev.edgehub.lang.grammar.RouteParser.EqualityContext;
import dev.edgehub.lang.grammar.RouteParser.RouteContext;
import dev.edgehub.lang.grammar.RouteParser.SinkContext;
import dev.edgehub.lang.grammar.RouteParser.SourceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the parser could read of a route. A part with a mistake is null; so is one that is not
 * there.
 *
 * @param pieces operands of AND, OR and ?? in a condition that is wrong elsewhere; each may be
 *     checked for itself
 */
record ParsedRoute(
    @Nullable SourceContext source,
    @Nullable ConditionContext condition,
    List<EqualityContext> pieces,
    @Nullable SinkContext sink) {

  static final ParsedRoute NOTHING = new ParsedRoute(null, null, List.of(), null);

  static ParsedRoute of(RouteContext route) {
    return new ParsedRoute(route.source(), route.condition(), List.of(), route.sink());
  }
}
