package dev.edgehub.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Seed;
import dev.edgehub.store.Durability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes while a store works, again and again. {@code -Ppower} goes on for 100 cycles.
 *
 * <p>The second test shows that the first could fail: without syncs the same cuts lose entries.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class PowerCutIT {

  private static final int CYCLES = Integer.getInteger("hub.power.cycles", 6);
  private static final int CYCLES_OS = Integer.getInteger("hub.power.cycles.os", 2);
  private static final int CYCLES_PER_STORE = 6;
  private static final long IDS_PER_CYCLE = 1_000_000_000L;

  private final Random random = Seed.random("PowerCutIT");
  private Promises promises = new Promises();
  private long acknowledged;
  private long delivered;
  private long named;

  @TempDir Path directory;

  @Test
  void losesNothingThatWasAcknowledgedAsSynced() throws IOException, InterruptedException {
    long lost = cutAgainAndAgain(Durability.DISK, CYCLES);

    assertEquals(0, lost);
    assertEquals(0, named, "the store speaks of a loss that there is not");
    assertTrue(acknowledged > CYCLES, "acknowledged only " + acknowledged);
    assertTrue(delivered > CYCLES, "delivered only " + delivered);
  }

  @Test
  void losesEntriesWithoutSyncs() throws IOException, InterruptedException {
    long lost = cutAgainAndAgain(Durability.OS, CYCLES_OS);

    assertTrue(lost > 0, "these cuts lose nothing: what do they prove?");
  }

  private long cutAgainAndAgain(Durability durability, int cycles)
      throws IOException, InterruptedException {
    long lost = 0;
    try (LoopDisk disk = LoopDisk.create(directory)) {
      for (int cycle = 0; cycle < cycles; cycle++) {
        if (cycle > 0 && cycle % CYCLES_PER_STORE == 0) {
          startAnew(disk);
        }
        Path store = disk.root().resolve("data");
        Process worker =
            disk.inside(Command.java(Worker.class, store, durability, cycle * IDS_PER_CYCLE))
                .builder()
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        CountDownLatch working = new CountDownLatch(1);
        CompletableFuture<List<String>> said = listen(worker, working);
        // now and then while the store is being made or recovered
        if (cycle == 0 || random.nextInt(4) > 0) {
          assertTrue(working.await(60, TimeUnit.SECONDS), "the worker does not work");
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_200)));

        long cut = disk.cutPower();

        worker.toHandle().destroyForcibly(); // the process only: what it has said is still read
        worker.waitFor();
        said.join().forEach(line -> promises.note(line, cut));
        disk.powerUp();
        Command.Result read = Command.run(disk.inside(Command.java(Contents.class, store)));
        Contents found = Contents.parse(read.output());
        named += found.lost();
        lost += promises.missing(found);
      }
    }
    acknowledged += promises.acknowledged();
    delivered += promises.delivered();
    System.out.printf(
        "PowerCutIT: %d power cuts with %s: %d acknowledged, %d delivered, %d lost%n",
        cycles, durability, acknowledged, delivered, lost);
    return lost;
  }

  private void startAnew(LoopDisk disk) throws IOException {
    disk.format();
    acknowledged += promises.acknowledged();
    delivered += promises.delivered();
    promises = new Promises();
  }

  /** What the process says until its end. */
  private static CompletableFuture<List<String>> listen(Process worker, CountDownLatch working) {
    return CompletableFuture.supplyAsync(
        () -> {
          List<String> said = new ArrayList<>();
          try (BufferedReader out = worker.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
              said.add(line);
              working.countDown();
            }
            return said;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
