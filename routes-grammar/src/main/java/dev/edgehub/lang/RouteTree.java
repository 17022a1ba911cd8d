package dev.edgehub.lang;

import java.util.Optional;

/** A route that is well-formed, its condition not yet checked; no sink if it is wrong. */
record RouteTree(SourcePattern source, Optional<Expr> where, Optional<SinkRef> sink) {}
