package dev.edgehub.mqtt.testing;

import dev.edgehub.config.ConfigResult;
import dev.edgehub.config.HubConfig;
import dev.edgehub.config.HubConfigReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Configurations as an operator would write them. */
public final class Config {

  private Config() {}

  /** Any free ports, device {@code edge}, and these settings on top, each {@code key=value}. */
  public static HubConfig of(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "deviceId=edge",
                "listeners.mqtt.port=0",
                "listeners.mqtts.port=-1",
                "listeners.https.port=-1",
                "listeners.admin.port=0"));
    all.addAll(List.of(settings));
    ConfigResult result = HubConfigReader.read(null, Map.of(), all);
    if (result instanceof ConfigResult.Invalid invalid) {
      throw new AssertionError(invalid.issues());
    }
    return ((ConfigResult.Valid) result).config();
  }
}
