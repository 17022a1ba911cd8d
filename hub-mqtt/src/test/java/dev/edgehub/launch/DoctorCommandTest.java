package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.store.AppendBatch;
import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.Store;
import dev.edgehub.store.StoreListener;
import dev.edgehub.store.StoreOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of stores in every state. */
final class DoctorCommandTest {

  private static final QueueId QUEUE = new QueueId("upstream", 2_000_000_000);

  @TempDir Path directory;
  private final PrintStream outBefore = System.out;
  private final PrintStream errorsBefore = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @BeforeEach
  void catchWhatIsSaid() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try (Store store = open()) {
      append(store);
    }
  }

  @AfterEach
  void giveTheStreamsBack() {
    System.setOut(outBefore);
    System.setErr(errorsBefore);
  }

  private Store open() {
    return Store.open(directory, StoreOptions.defaults(), StoreListener.NONE);
  }

  private static void append(Store store) {
    for (int i = 0; i < 100; i++) {
      AppendBatch batch = new AppendBatch();
      batch.add(QUEUE, AppendBatch.NEVER, new byte[1_000]);
      CompletableFuture<AppendOutcome> told = new CompletableFuture<>();
      store.queues().append(batch, told::complete);
      assertEquals(AppendOutcome.DURABLE, told.orTimeout(20, TimeUnit.SECONDS).join());
    }
  }

  private int doctor(String... more) {
    String[] args = new String[3 + more.length];
    args[0] = "doctor";
    args[1] = "--set";
    args[2] = "dataDir=" + directory;
    System.arraycopy(more, 0, args, 3, more.length);
    return Main.run(args);
  }

  @Test
  void aHealthyStoreIsATableAndStatus0() {
    assertEquals(ExitCode.DONE, doctor());

    assertTrue(said().contains("SINK"), said());
    assertTrue(said().contains("upstream  -         100"), said());
    assertTrue(said().contains("the store is healthy"), said());
  }

  @Test
  void theDirectoryMayBeNamed() {
    assertEquals(ExitCode.DONE, Main.run("doctor", directory.toString(), "--json"));
  }

  @Test
  void damageIsStatus1AndChangesNothing() throws IOException {
    Path log = flipLog();
    byte[] before = Files.readAllBytes(log);

    assertEquals(ExitCode.FOUND_WRONG, doctor("--json"));

    JsonNode report = new JsonMapper().readTree(said());
    assertEquals(false, report.path("healthy").asBoolean());
    assertEquals(100, report.path("queues").path(0).path("nextOffset").asInt());
    assertTrue(report.path("problems").size() > 0, said());
    assertEquals(0, java.util.Arrays.compare(before, Files.readAllBytes(log)));
  }

  @Test
  void repairNamesWhatIsLostAndLeavesAHealthyStore() throws IOException {
    flipLog();

    assertEquals(ExitCode.FOUND_WRONG, doctor("--repair", "--json"));

    assertEquals("", errors.toString(StandardCharsets.UTF_8));
    JsonNode report = new JsonMapper().readTree(said());
    JsonNode repaired = report.path("repaired");
    assertTrue(report.path("healthy").asBoolean(), said());
    assertEquals(1, repaired.path("entries").asInt(), said());
    assertEquals("upstream", repaired.path("lost").path(0).path("sink").asText());
    assertTrue(Files.isDirectory(Path.of(repaired.path("quarantine").asText())), said());
    assertEquals(ExitCode.DONE, doctor());
    assertTrue(said().contains("earlier: "), said());
  }

  @Test
  void saysHowFarARepairIs() throws IOException {
    flipLog();

    assertEquals(ExitCode.FOUND_WRONG, doctor("--repair"));

    String said = errors.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("reading the database, passing over bad records of its log: "), said);
  }

  @Test
  void aStoreInUseAndAnAbsentOneAreWrongUsage() throws IOException {
    try (Store store = open()) {
      assertEquals(0, store.documents().all("x").size());
      assertEquals(ExitCode.USAGE, doctor());
    }
    Path absent = directory.resolve("absent");
    assertEquals(ExitCode.USAGE, Main.run("doctor", absent.toString()));

    assertTrue(!Files.exists(absent));
    String said = errors.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("another edge hub uses"), said);
    assertTrue(said.contains("there is no store in"), said);
  }

  @Test
  void aNewerStoreIsRefused() throws IOException {
    Files.writeString(directory.resolve("FORMAT"), "edge-hub store, format 3\n");
    Files.delete(directory.resolve("high-water"));

    assertEquals(ExitCode.FAULT, doctor());

    String said = errors.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("run the version that wrote it"), said);
  }

  private Path flipLog() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("db"))) {
      Path log = files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(log);
      bytes[bytes.length / 2] ^= 4;
      Files.write(log, bytes);
      return log;
    }
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
