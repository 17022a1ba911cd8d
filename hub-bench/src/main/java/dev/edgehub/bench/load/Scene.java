package dev.edgehub.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What every load has in common: who publishes what, and where it goes. */
final class Scene {

  private static final String MANIFEST =
      """
      {"modulesContent": {"$edgeHub": {"properties.desired": {
        "schemaVersion": "1.1",
        "routes": {"toAbsent":
          "FROM /messages/* INTO BrokeredEndpoint(\\"/modules/absent/inputs/in\\")"},
        "storeAndForwardConfiguration": {"timeToLiveSecs": 7200}}}}}
      """;

  /** The topic that publishers use, on the hub and on the peer alike. */
  static final String TOPIC = "devices/edge/modules/m%c/messages/events/";

  private Scene() {}

  static Path writeManifest(Path directory) throws IOException {
    return Files.writeString(directory.resolve("manifest.json"), MANIFEST);
  }

  /** Ten publishers with fifty messages in flight each, 256 bytes, QoS 1. */
  static List<String> publish(int port, String... more) {
    return with(
        more,
        "pub",
        "-p",
        "" + port,
        "-i",
        "edge/m%c",
        "-u",
        userName("edge/m%c"),
        "-t",
        TOPIC,
        "-n",
        "10",
        "-w",
        "50",
        "-s",
        "256");
  }

  /** The module that was absent, back to take its queue. */
  static List<String> receive(int port, String... more) {
    return with(
        more,
        "sub",
        "-p",
        "" + port,
        "-i",
        "edge/absent",
        "-u",
        userName("edge/absent"),
        "-f",
        "devices/edge/modules/absent/inputs/#",
        "--persist");
  }

  /** Makes the peer keep what is published from now on, for a session that is away. */
  static List<String> subscribeAtPeer(int port) {
    return List.of(
        "sub", "-p", "" + port, "-i", "absent", "-f", "devices/#", "--persist", "--setup-only");
  }

  /** That session, back to take what was kept. */
  static List<String> receiveAtPeer(int port, String... more) {
    return with(
        more,
        "sub",
        "-p",
        "" + port,
        "-i",
        "absent",
        "-f",
        "devices/#",
        "--persist",
        "--no-subscribe");
  }

  private static List<String> with(String[] more, String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(Arrays.asList(more));
    return all;
  }

  static String userName(String id) {
    return "local.azure-devices.net/" + id + "/?api-version=2021-04-12";
  }
}
