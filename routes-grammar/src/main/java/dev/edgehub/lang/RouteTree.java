package dev.edgehub.lang;

import java.util.Optional;

/**
 * A route that is well-formed, its condition not yet checked; no sink if it is wrong.
 *
 * @param conditionText the condition as written, {@code true} if there is none
 * @param places where the parts of the condition stand
 */
record RouteTree(
    SourcePattern source,
    Optional<Expr> where,
    String conditionText,
    Places places,
    Optional<SinkRef> sink) {}
