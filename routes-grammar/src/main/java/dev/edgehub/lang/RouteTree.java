package dev.edgehub.lang;

import java.util.List;
import java.util.Optional;

/**
 * What of a route is well-formed, its condition not yet checked; a part that is wrong is left out.
 *
 * @param pieces parts of a condition that is wrong elsewhere
 */
record RouteTree(
    Optional<SourcePattern> source,
    Optional<Expr> where,
    List<Expr> pieces,
    Optional<SinkRef> sink) {}
