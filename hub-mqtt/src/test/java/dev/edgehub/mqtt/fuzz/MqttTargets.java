package dev.edgehub.mqtt.fuzz;

import dev.edgehub.fuzz.FuzzTarget;
import dev.edgehub.mqtt.auth.SasTokenTarget;
import dev.edgehub.mqtt.auth.UserNameTarget;
import dev.edgehub.mqtt.server.PacketTarget;
import dev.edgehub.mqtt.topic.BagTarget;
import java.util.List;

/** The targets of this module. */
final class MqttTargets {

  private static final List<String> TEXTS =
      List.of("dev.edgehub.mqtt.auth.**", "dev.edgehub.mqtt.topic.**", "dev.edgehub.message.**");

  private static final List<String> TOKENS =
      List.of("dev.edgehub.mqtt.auth.**", "dev.edgehub.mqtt.topic.**", "dev.edgehub.identity.**");

  private MqttTargets() {}

  static List<FuzzTarget> all() {
    return List.of(
        new FuzzTarget(
            "packet",
            PacketTarget.class,
            PacketTarget::fuzzerTestOneInput,
            "packet",
            256,
            "cov",
            List.of("dev.edgehub.mqtt.**", "io.netty.handler.codec.mqtt.**")),
        new FuzzTarget(
            "bag", BagTarget.class, BagTarget::fuzzerTestOneInput, "bag", 384, "cov", TEXTS),
        new FuzzTarget(
            "user-name",
            UserNameTarget.class,
            UserNameTarget::fuzzerTestOneInput,
            "user-name",
            256,
            "cov",
            TEXTS),
        new FuzzTarget(
            "sas-token",
            SasTokenTarget.class,
            SasTokenTarget::fuzzerTestOneInput,
            "sas-token",
            256,
            "cov",
            TOKENS));
  }
}
