package dev.edgehub.mqtt.fuzz;

import dev.edgehub.fuzz.FuzzTarget;
import dev.edgehub.fuzz.KeptInputs;
import java.util.List;

/** The kept inputs of this module's targets. */
final class CorpusTest extends KeptInputs {

  static List<FuzzTarget> targets() {
    return MqttTargets.all();
  }
}
