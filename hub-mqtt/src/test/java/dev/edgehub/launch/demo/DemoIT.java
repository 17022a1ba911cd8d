package dev.edgehub.launch.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as people start it: a process of its own. */
@Timeout(300)
final class DemoIT {

  private static final int WAIT_SECONDS = 240;

  @TempDir private Path folder;

  private record Run(int status, String out, String err) {
    String lastLine() {
      List<String> lines = out.lines().toList();
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    }
  }

  @Test
  void losesNothingThroughOutageAndKill() throws IOException, InterruptedException {
    Run run = demo("--seconds", "20", "--json");

    assertEquals(0, run.status, run.err);
    JsonNode json = new JsonMapper().readTree(run.lastLine());
    assertEquals(0, json.path("lost").asLong(-1), run.err);
    assertEquals(0, json.path("pending").asLong(-1), run.err);
    long accepted = json.path("accepted").asLong();
    assertTrue(accepted > 1_000, run.err);
    assertEquals(
        accepted, json.path("delivered").asLong() + json.path("filtered").asLong(), run.err);
    // only what was under way at the cut and at the kill can come twice
    assertTrue(json.path("duplicates").asLong() < accepted / 4, run.err);
    assertTrue(json.path("hubCounters").path("agree").asBoolean(), run.err);
    assertEquals(1, json.path("kills").size(), run.err);
    JsonNode kill = json.path("kills").path(0);
    Instant killedAt = Instant.parse(kill.path("killedAt").asText());
    assertTrue(Instant.parse(kill.path("startedAt").asText()).isBefore(killedAt));
    assertTrue(Instant.parse(kill.path("restartedAt").asText()).isAfter(killedAt));
    assertEquals(1, run.out.lines().count(), "all but the JSON goes to standard error");
    assertFalse(run.err.contains("\u001b"), "no escape codes without a terminal");
    assertTrue(leftovers().isEmpty(), "the work place is removed: " + leftovers());
  }

  @Test
  void refusesToPlayTooShort() throws IOException, InterruptedException {
    Run run = demo("--seconds", "19");

    assertEquals(2, run.status, run.err);
    assertTrue(run.err.contains("--seconds: expected 20 to 3600, found 19"), run.err);
  }

  private Run demo(String... arguments) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Files.createDirectories(temporary());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-Xmx256m");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Dlogback.configurationFile=" + Path.of("src/dist/conf/logback.xml"));
    command.add("-Djava.io.tmpdir=" + temporary());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.edgehub.launch.Main");
    command.add("demo");
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertTrue(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS), () -> text(err));
      return new Run(process.exitValue(), text(out), text(err));
    } finally {
      process.destroyForcibly();
    }
  }

  private Path temporary() {
    return folder.resolve("tmp");
  }

  private List<String> leftovers() throws IOException {
    try (var files = Files.list(temporary())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("edge-hub-demo-"))
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "" + e;
    }
  }
}
