package dev.edgehub.lang;

import dev.edgehub.lang.eval.BodyPath;

/** Knows why a message's body has no value. Asked only about paths whose value is undefined. */
@FunctionalInterface
public interface BodyReasons {

  /** The reason for people, in one line. */
  String whyUndefined(BodyPath path);
}
