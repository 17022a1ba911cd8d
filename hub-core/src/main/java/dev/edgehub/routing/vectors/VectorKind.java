package dev.edgehub.routing.vectors;

import org.jspecify.annotations.Nullable;

/** Runs the cases of one kind. Stateless. */
interface VectorKind {

  /**
   * Runs one case.
   *
   * @return null if it passed
   * @throws UnusableInputException if the case is malformed
   */
  VectorOutcome.@Nullable Failure run(VectorCase vector) throws UnusableInputException;
}
