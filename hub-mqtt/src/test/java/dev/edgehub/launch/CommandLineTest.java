package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Manifests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit statuses and what is said on standard error. */
final class CommandLineTest {

  @TempDir Path directory;
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @BeforeEach
  void catchStandardError() {
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void giveStandardErrorBack() {
    System.setErr(before);
  }

  @Test
  void withoutACommandTheUsageIsShown() {
    assertEquals(ExitCode.USAGE, Main.run());

    assertTrue(said().contains("Usage: edge-hub"), said());
  }

  @Test
  void anUnknownCommandOrOptionIsWrongUsage() {
    assertEquals(ExitCode.USAGE, Main.run("fly"));
    assertEquals(ExitCode.USAGE, Main.run("run", "--fast"));

    assertTrue(said().contains("fly") && said().contains("--fast"), said());
  }

  @Test
  void everyIssueOfAConfigurationIsPrinted() throws IOException {
    Path file = directory.resolve("hub.json");
    Files.writeString(file, "{\"store\": {\"durability\": \"paper\"}, \"listenrs\": {\"x\": 1}}");

    int status = Main.run("run", "--config", file.toString(), "--set", "limits.connections=many");

    assertEquals(ExitCode.USAGE, status);
    assertTrue(said().contains("store.durability: expected one of disk, os, memory"), said());
    assertTrue(said().contains("listenrs.x: unknown key"), said());
    assertTrue(said().contains("limits.connections: expected a whole number"), said());
    assertFalse(said().contains("\tat "), "no stack trace: " + said());
  }

  @Test
  void aConfigurationThatIsNotThereIsNamed() {
    Path absent = directory.resolve("absent.json");

    assertEquals(ExitCode.USAGE, Main.run("run", "--config", absent.toString()));

    assertTrue(said().contains(absent.toString()), said());
  }

  @Test
  void aBadManifestIsPrintedWithItsPlaces() throws IOException {
    Path manifest = directory.resolve("manifest.json");
    Files.writeString(manifest, Manifests.of("FROM /* INTO $nowhere"));

    int status =
        Main.run(
            "run",
            "--set",
            "manifest=" + manifest,
            "--set",
            "dataDir=" + directory.resolve("data"),
            "--set",
            "listeners.mqtt.port=0",
            "--set",
            "listeners.mqtts.port=-1",
            "--set",
            "listeners.https.port=-1",
            "--set",
            "listeners.admin.port=0");

    assertEquals(ExitCode.USAGE, status);
    assertTrue(said().contains("FROM /* INTO $nowhere\n"), said());
    assertTrue(said().contains("^"), said());
  }

  @Test
  void askingWhenNoHubRunsSaysWhatToDo() {
    assertEquals(
        ExitCode.USAGE, Main.run("queues", "--set", "dataDir=" + directory.resolve("none")));

    assertTrue(said().contains("no hub runs on the data directory"), said());
    assertTrue(said().contains("--set dataDir="), said());
  }

  private String said() {
    return errors.toString(StandardCharsets.UTF_8);
  }
}
