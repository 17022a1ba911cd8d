package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Mosquitto;
import dev.edgehub.mqtt.testing.Seed;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hub in a process of its own is killed at random moments under load (invariants I1 and I4). */
@Timeout(120)
final class CrashIT {

  private static final int CYCLES = 10;
  private static final List<String> SENDERS = List.of("red", "blue");
  private static final List<String> SINKS = List.of("left", "right");

  @TempDir Path directory;
  private final int port = Mosquitto.freePort();

  @Test
  void nothingAcknowledgedIsLostAndOrderIsKept() throws Exception {
    Random random = Seed.random("CrashIT");
    Files.writeString(
        directory.resolve("manifest.json"),
        Manifests.of(
            "FROM /messages/* INTO BrokeredEndpoint(\"/modules/left/inputs/in\")",
            "FROM /messages/* INTO BrokeredEndpoint(\"/modules/right/inputs/in\")"));
    Process hub = start(0);
    try (CrashLoad load = new CrashLoad(port)) {
      List<CrashLoad.Sender> senders =
          SENDERS.stream().map(name -> load.new Sender(name, 20_000).start()).toList();
      List<CrashLoad.Receiver> receivers =
          SINKS.stream().map(name -> load.new Receiver(name).start()).toList();

      for (int cycle = 0; cycle < CYCLES; cycle++) {
        receivers.get(0).absent(cycle % 2 == 1);
        int before = acknowledged(senders);
        Await.until("the load has begun", () -> acknowledged(senders) > before);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(400)));
        hub.destroyForcibly().waitFor();
        hub = start(cycle + 1);
      }
      receivers.get(0).absent(false);
      senders.forEach(CrashLoad.Sender::stop);

      for (int i = 0; i < SENDERS.size(); i++) {
        String sender = SENDERS.get(i);
        CrashLoad.Sender promised = senders.get(i);
        for (CrashLoad.Receiver receiver : receivers) {
          Await.until(
              () -> receiver.missing(sender, promised.acknowledged()) + " messages are missing",
              () -> receiver.missing(sender, promised.acknowledged()) == 0);
        }
      }
      for (CrashLoad.Receiver receiver : receivers) {
        assertEquals(0, receiver.disorder(), "first deliveries out of order");
      }
      System.out.println(
          "CrashIT: "
              + acknowledged(senders)
              + " acknowledged over "
              + CYCLES
              + " kills, repeats per sink "
              + receivers.stream().map(CrashLoad.Receiver::repeats).toList());
      assertTrue(acknowledged(senders) > CYCLES, "there was no load");
    } finally {
      hub.destroyForcibly().waitFor();
    }
  }

  private static int acknowledged(List<CrashLoad.Sender> senders) {
    return senders.stream().mapToInt(CrashLoad.Sender::acknowledged).sum();
  }

  private Process start(int run) {
    File log = directory.resolve("hub-" + run + ".log").toFile();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "run"));
    for (String setting :
        List.of(
            "deviceId=edge",
            "dataDir=" + directory.resolve("data"),
            "manifest=" + directory.resolve("manifest.json"),
            "listeners.mqtt.port=" + port,
            "listeners.admin.port=-1")) {
      command.add("--set");
      command.add(setting);
    }
    try {
      Process hub =
          new ProcessBuilder(command).redirectError(log).redirectOutput(Redirect.DISCARD).start();
      Await.until(() -> "the hub starts: " + text(log), () -> text(log).contains("ready device="));
      return hub;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(File log) {
    try {
      return Files.readString(log.toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
