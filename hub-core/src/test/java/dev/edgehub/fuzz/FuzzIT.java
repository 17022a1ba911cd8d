package dev.edgehub.fuzz;

import java.util.List;

/** Fuzzes the targets of this module. */
final class FuzzIT extends Fuzzing {

  FuzzIT() {
    super(20);
  }

  static List<FuzzTarget> targets() {
    return CoreTargets.all();
  }
}
