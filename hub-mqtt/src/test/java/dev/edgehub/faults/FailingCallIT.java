package dev.edgehub.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each file operation of a short life with a store fails, one life after the other: a sample of the
 * operations here, all of them with {@code -Pfaults}.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class FailingCallIT {

  /** Of so many operations one is tried. */
  private static final int EVERY = Integer.getInteger("hub.faults.every", 80);

  private static final int NEVER = Integer.MAX_VALUE;

  private final Random random = Seed.random("FailingCallIT");
  private final Map<Integer, Integer> endings = new TreeMap<>();

  @TempDir static Path directory;

  private static Path failing;
  private static Path unpacked;

  private enum Fault {
    EIO_ONCE(5, 1),
    EIO_FOR_GOOD(5, 0),
    ENOSPC_ONCE(28, 1),
    ENOSPC_FOR_GOOD(28, 0),
    HALF_A_WRITE(0, 1),
    HALF_WRITES_FOR_GOOD(0, 0);

    private final int errno; // 0: writes take half of what they are given
    private final int once;

    Fault(int errno, int once) {
      this.errno = errno;
      this.once = once;
    }
  }

  /** How a life went. */
  private record Ending(int status, String failed, String said) {

    boolean isHit() {
      return !failed.isEmpty();
    }

    boolean isHitAt(String operation, String file) {
      return failed.matches(operation + " .*" + file);
    }

    @Override
    public String toString() {
      return "'" + failed + "' failed; ended with " + status + ", having said:\n" + said;
    }
  }

  @BeforeAll
  static void prepare() throws IOException, InterruptedException {
    failing = CSource.failing(directory);
    unpacked = directory.resolve("unpacked");
    Path data = Files.createDirectory(directory.resolve("data"));
    assertEquals(Script.DONE, live(data, Fault.EIO_ONCE, NEVER).status());
    Files.move(data.resolve("native"), unpacked);
    remove(data);
  }

  @ParameterizedTest
  @EnumSource
  void losesNothingWhicheverOperationFails(Fault fault) throws IOException, InterruptedException {
    int tried = 0;
    Ending ending;
    int at = 1 + random.nextInt(EVERY);
    do {
      ending = liveAndCheck(fault, at, true);
      at += EVERY;
      tried++;
    } while (ending.isHit());
    System.out.printf(
        "FailingCallIT: %s: each %d. operation up to %d failed, endings %s%n",
        fault, EVERY, at - 2 * EVERY, endings);
    assertTrue(tried > 1, "hardly anything failed");
  }

  @Test
  void startsAgainWhenTheLibraryCouldNotBeUnpacked() throws IOException, InterruptedException {
    for (Fault fault : List.of(Fault.EIO_ONCE, Fault.ENOSPC_FOR_GOOD)) {
      // how many writes the unpacking takes depends on the JDK's buffers; none takes so few
      Ending ending = liveAndCheck(fault, 1 + random.nextInt(500), false);
      assertTrue(ending.failed().contains("/native/"), ending::toString);
      assertEquals(Script.FAILED, ending.status(), ending::toString);
    }
  }

  private Ending liveAndCheck(Fault fault, int at, boolean isUnpacked)
      throws IOException, InterruptedException {
    Path data = directory.resolve("data");
    if (Files.exists(data)) {
      remove(data); // of a life that a test did not like
    }
    Files.createDirectory(data);
    if (isUnpacked) {
      unpack(data);
    }
    Ending ending = live(data, fault, at);
    checkEnding(fault, ending);
    endings.merge(ending.status(), 1, Integer::sum);

    Promises promises = new Promises();
    ending.said().lines().forEach(line -> promises.note(line, Long.MAX_VALUE));
    Contents found = Contents.of(data);
    assertEquals(0, promises.missing(found), ending::toString);
    assertEquals(0, found.lost(), ending::toString);

    remove(data);
    return ending;
  }

  /** What a store must make of a fault, where the operation alone says it. */
  private static void checkEnding(Fault fault, Ending ending) {
    String log = "/[0-9]+[.]log";
    List<Integer> allowed;
    if (fault.errno == 0 || !ending.isHit()) {
      allowed = List.of(Script.DONE);
    } else if (ending.isHitAt("fdatasync", log)) { // a failed sync is final, whatever the reason
      allowed = List.of(Script.FAILED);
    } else if (ending.isHitAt("write", log) && fault == Fault.ENOSPC_ONCE) {
      allowed = List.of(Script.DONE);
    } else if (ending.isHitAt("write", log) && fault.errno == 5) {
      allowed = List.of(Script.FAILED);
    } else if (fault == Fault.ENOSPC_FOR_GOOD) {
      allowed = List.of(Script.DONE, Script.FAILED, Script.FULL);
    } else {
      allowed = List.of(Script.DONE, Script.FAILED);
    }
    assertTrue(allowed.contains(ending.status()), () -> allowed + " expected: " + ending);
    assertTrue(
        times(ending, "failed")
            .allMatch(failed -> times(ending, "[av]").allMatch(kept -> kept <= failed)),
        () -> "acknowledged after the failure: " + ending);
  }

  /** When lines of a kind were true, by the clock of the process. */
  private static LongStream times(Ending ending, String kind) {
    return ending
        .said()
        .lines()
        .filter(line -> line.matches(kind + " [0-9]+ .*"))
        .mapToLong(line -> Long.parseLong(line.split(" ", 3)[1]));
  }

  /** One life, in which one operation fails, or all from that one on. */
  private static Ending live(Path data, Fault fault, int at)
      throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Path log = directory.resolve("log");
    Files.deleteIfExists(log);
    ProcessBuilder builder = Command.java(Script.class, data).builder();
    Map<String, String> environment = builder.environment();
    environment.put("LD_PRELOAD", failing.toString());
    environment.put("FAULT_DIR", data.toString());
    environment.put("FAULT_AT", "" + at);
    environment.put("FAULT_ERRNO", "" + fault.errno);
    environment.put("FAULT_ONCE", "" + fault.once);
    environment.put("FAULT_CALLS", "");
    environment.put("FAULT_LOG", log.toString());
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    boolean ended = process.waitFor(40, TimeUnit.SECONDS);
    int status = ended ? process.exitValue() : Script.HANGS;
    process.destroyForcibly().waitFor();
    String failed = Files.exists(log) ? Files.readString(log).strip() : "";
    return new Ending(status, failed, Files.readString(output));
  }

  private static void unpack(Path data) throws IOException {
    Path target = Files.createDirectory(data.resolve("native"));
    try (Stream<Path> files = Files.list(unpacked)) {
      for (Path file : files.toList()) {
        Files.createLink(target.resolve(file.getFileName()), file);
      }
    }
  }

  private static void remove(Path data) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(data)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
