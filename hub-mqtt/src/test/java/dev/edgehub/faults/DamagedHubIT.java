package dev.edgehub.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.StockClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole hub on a data directory that is not as it was left. */
@Timeout(120)
final class DamagedHubIT {

  private static final int MESSAGES = 300;
  private static final String LABELS = "endpoint=\"upstream\".*priority=\"2000000000\"";

  @TempDir Path directory;
  private Path data;
  private HubProcess hub;

  @BeforeEach
  void leaveAStoreWithMessagesByAKill() throws IOException {
    data = directory.resolve("data");
    Files.writeString(
        directory.resolve("manifest.json"), Manifests.of("FROM /messages/* INTO $upstream"));
    hub = new HubProcess(directory, data);
    hub.start();
    try (StockClient sensor = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/sensor")) {
      for (int i = 0; i < MESSAGES; i++) {
        sensor.publish("devices/edge/modules/sensor/messages/events/", "reading " + i);
      }
    }
    hub.kill();
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  @Test
  void comesUpAndTellsTheLossEverywhere() throws IOException {
    Path log = dataFile(".log");
    flip(log, Files.size(log) / 2);

    long seconds = secondsToStart();

    assertTrue(seconds < 30, "it took " + seconds + " s");
    JsonNode queue = hub.queues().path(0);
    long lost = queue.path("lost").asLong();
    assertTrue(lost > 0 && lost < MESSAGES, "" + queue);
    assertEquals(MESSAGES, queue.path("appended").asLong(), "" + queue);
    assertEquals(MESSAGES - lost, queue.path("depth").asLong(), "" + queue);
    String named = "upstream priority 2000000000 offsets [0-9]+[.][.][0-9]+";
    assertTrue(found(lost + " entries are lost lost=\\[" + named, hub.log()), hub.log());
    JsonNode health = hub.health();
    assertEquals("degraded", health.path("status").asText(), "" + health);
    assertTrue(found(lost + " messages.*" + named, "" + health.path("problems")), "" + health);
    String metrics = hub.admin("/metrics");
    assertTrue(found("edgehub_queue_lost\\{.*" + LABELS + ".*\\} " + lost, metrics), metrics);
    assertTrue(Files.isDirectory(data.resolve("quarantine")));
  }

  @Test
  void countsTheLossForEverButIsWellAgainAfterARestart() throws IOException {
    Path log = dataFile(".log");
    flip(log, Files.size(log) / 2);
    hub.start();
    long lost = hub.queues().path(0).path("lost").asLong();
    hub.kill();

    hub.start();

    assertEquals(lost, hub.queues().path(0).path("lost").asLong());
    assertEquals("ok", hub.health().path("status").asText());
  }

  @Test
  void namesTheDoctorsCommandLineWhenNothingCanBeRead() throws Exception {
    hub.start();
    hub.signal("TERM"); // after an orderly end the high-water file is exact
    hub.exitStatus(30); // 143 or 0: whether the signal or the end of main comes first
    try (Stream<Path> files = Files.list(data.resolve("db"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }

    hub.launch();

    assertEquals(3, hub.exitStatus(30), hub::log);
    Matcher said = Pattern.compile("run: edge-hub (doctor --repair \\S+)").matcher(hub.log());
    assertTrue(said.find(), hub.log());
    Command.Result doctor = hub.commandAsItIs((Object[]) said.group(1).split(" "));
    assertEquals(1, doctor.status(), doctor.output()); // it ran, and names what is lost
    assertTrue(doctor.output().contains(MESSAGES + " entries lost"), doctor.output());
    hub.start();
    JsonNode queue = hub.queues().path(0);
    assertEquals(MESSAGES, queue.path("appended").asLong(), "" + queue);
    assertEquals(MESSAGES, queue.path("lost").asLong(), "" + queue);
    assertEquals(0, queue.path("depth").asLong(), "" + queue);
  }

  @Test
  void refusesAStoreOfANewerVersionAndLeavesItAlone() throws Exception {
    Files.writeString(data.resolve("FORMAT"), "edge-hub store, format 3\n");
    List<Path> before = files();

    hub.launch();

    assertEquals(3, hub.exitStatus(30), hub::log);
    assertTrue(hub.log().contains("run the version that wrote it"), hub.log());
    assertEquals(before, files());
  }

  @Test
  void leavesTheDirectoryToTheHubThatHasIt() throws Exception {
    hub.start();
    try (HubProcess second = new HubProcess(directory, data)) {
      second.launch();

      assertEquals(2, second.exitStatus(30), second::log);
      assertTrue(second.log().contains("another edge hub uses"), second.log());
    }
    assertEquals(MESSAGES, hub.queues().path(0).path("depth").asLong());
  }

  @Test
  void unpacksTheNativeLibraryAgainWhenItIsDamaged() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("native"))) {
      Path library = files.findFirst().orElseThrow();
      flip(library, Files.size(library) / 2);
    }

    hub.start();

    assertEquals(MESSAGES, hub.queues().path(0).path("depth").asLong());
  }

  private long secondsToStart() {
    long start = System.nanoTime();
    hub.start();
    return (System.nanoTime() - start) / 1_000_000_000L;
  }

  private static boolean found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).find();
  }

  private Path dataFile(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("db"))) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .max(Comparator.comparing(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.sorted().toList();
    }
  }

  private static void flip(Path file, long at) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 16));
      channel.write(one.flip(), at);
    }
  }
}
