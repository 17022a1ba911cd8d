package dev.edgehub.lang.eval;

/** Three-valued logic: only {@link #TRUE} routes a message. */
public enum Truth {
  FALSE,
  TRUE,
  UNDEFINED
}
