package dev.edgehub.lang.eval;

/** A compiled WHERE clause. Immutable; any number of threads may evaluate it at once. */
public interface Condition {

  /** The condition of a route without WHERE. */
  Condition ALWAYS = message -> Truth.TRUE;

  /** The condition's value for one message; never throws. */
  Truth evaluate(MessageView message);
}
