package dev.edgehub.fuzz;

import java.util.List;

/** The kept inputs of this module's targets. */
final class CorpusTest extends KeptInputs {

  static List<FuzzTarget> targets() {
    return CoreTargets.all();
  }
}
