package dev.edgehub.lang;

import java.util.List;
import java.util.Optional;

/**
 * What of a route is well-formed, its condition not yet checked; a part that is wrong is left out.
 *
 * @param pieces parts of a condition that is wrong elsewhere
 * @param conditionText the condition as written, {@code true} if there is none
 * @param places where the parts of the condition stand
 */
record RouteTree(
    Optional<SourcePattern> source,
    Optional<Expr> where,
    List<Expr> pieces,
    String conditionText,
    Places places,
    Optional<SinkRef> sink) {}
