package dev.edgehub.mqtt.fuzz;

import dev.edgehub.fuzz.FuzzTarget;
import dev.edgehub.fuzz.Fuzzing;
import java.util.List;

/** Fuzzes the targets of this module. */
final class FuzzIT extends Fuzzing {

  FuzzIT() {
    super(10);
  }

  static List<FuzzTarget> targets() {
    return MqttTargets.all();
  }
}
