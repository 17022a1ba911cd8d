package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random actions on a store and on maps in memory, which must agree throughout: {@code
 * -Dhub.store.actions=} in all, 10,000 unless told.
 *
 * <p>A kill is a copy of the directory, made while the store is open, with which the run goes on:
 * what was acknowledged is in it, and confirms that were not yet written are not. Time passes by
 * hand; now and then the wall clock is stepped by up to ten years, or the machine is restarted.
 */
final class StoreModelTest {

  private static final int ACTIONS = Integer.getInteger("hub.store.actions", 10_000);
  private static final int KILLS_PER_MILLE = 2;
  private static final long TEN_YEARS = 10L * 365 * 24 * 3_600_000;

  @TempDir Path directory;

  @Test
  void agreesWithAModelWhenReadersKeepUpFromMemory() {
    new Run(Durability.OS, 1 << 20).play(ACTIONS / 10 * 6);
  }

  @Test
  void agreesWithAModelAtTheBorderOfMemoryAndDisk() {
    new Run(Durability.DISK, 900).play(ACTIONS / 10 * 2);
  }

  @Test
  void agreesWithAModelWhenAllIsReadFromTheDisk() {
    new Run(Durability.MEMORY, 0).play(ACTIONS / 10 * 2);
  }

  @Test
  void agreesWithAModelThatEvictsTheOldest() {
    Run run = new Run(Durability.OS, 900, 20_000);
    run.play(ACTIONS / 10 * 2);
    long evicted = run.models.stream().mapToLong(QueueModel::evicted).sum();
    assertTrue(evicted > ACTIONS / 100, evicted + " entries were evicted");
  }

  /** One store's lives. */
  private final class Run {
    private final Random random;
    private final StoreOptions options;
    private final Durability durability;
    private final ManualClock time = new ManualClock();
    private final RecordingListener listener = new RecordingListener();
    private final List<QueueModel> models = new ArrayList<>();
    private Path home = directory.resolve("0");
    private OpenStore store;

    Run(Durability durability, int tailBytes) {
      this(durability, tailBytes, 0);
    }

    Run(Durability durability, int tailBytes, long maxBytes) {
      random = Seed.random("StoreModelTest " + durability + " " + tailBytes + " " + maxBytes);
      this.durability = durability;
      options = new StoreOptions(durability, maxBytes, 0, tailBytes, time, WhenFull.DROP_OLDEST);
      for (int i = 0; i < 3; i++) {
        models.add(new QueueModel(new QueueId("sink" + i, i), random));
      }
      store = open();
    }

    private OpenStore open() {
      DiskGuard disk = new DiskGuard(() -> Long.MAX_VALUE, 0, System::nanoTime);
      return new OpenStore(RocksStore.open(home, options, listener, time.boot(), disk));
    }

    void play(int actions) {
      try {
        for (int action = 0; action < actions; action++) {
          act(action);
        }
        for (QueueModel model : models) {
          model.readToTheEnd(store);
          model.closeReader();
        }
      } finally {
        store.close();
      }
    }

    private void act(int action) {
      QueueModel model = models.get(random.nextInt(models.size()));
      int dice = random.nextInt(1_000);
      if (dice < 300) {
        append();
      } else if (dice < 550) {
        model.read(store);
      } else if (dice < 740) {
        model.confirm(store);
      } else if (dice < 750) {
        model.remove(store);
      } else if (dice < 850) {
        model.sweep(store);
      } else if (dice < 865) {
        model.move(store, models.get(random.nextInt(models.size())), options.maxBytes());
      } else if (dice < 955) {
        time.pass(random.nextInt(100));
      } else if (dice < 960) {
        time.step((long) (TEN_YEARS * (random.nextDouble() - 0.5) * 2));
      } else if (dice < 985) {
        model.reopenReader(store);
      } else if (dice < 997) {
        model.checkStats(store);
      } else if (dice < 1_000 - KILLS_PER_MILLE || durability == Durability.MEMORY) {
        reopen();
      } else {
        kill(action);
      }
    }

    private void append() {
      AppendBatch batch = new AppendBatch();
      long now = store.queues().nowMillis();
      List<Long> before = models.stream().map(QueueModel::next).toList();
      for (int i = random.nextInt(20); i >= 0; i--) {
        models.get(random.nextInt(models.size())).append(batch, now);
      }
      AppendOutcome outcome = store.append(batch);
      boolean fits = options.maxBytes() == 0 || Admission.cost(batch) <= options.maxBytes();
      assertEquals(fits ? AppendOutcome.DURABLE : AppendOutcome.FULL, outcome);
      for (int i = 0; i < models.size(); i++) {
        models.get(i).committed(before.get(i), fits);
      }
      evict(fits);
    }

    /** The store says how many of each queue had to go: they must be the oldest of all. */
    private void evict(boolean mayHave) {
      long newest = 0;
      for (QueueModel model : models) {
        newest = Math.max(newest, model.evict(store, listener));
      }
      assertTrue(mayHave || newest == 0, "evicted for a batch that does not fit all the same");
      for (QueueModel model : models) {
        assertTrue(model.oldest() >= newest, "an older one was kept");
      }
      long bytes = store.queues().stats().stream().mapToLong(QueueStats::bytes).sum();
      long most = options.maxBytes() + options.maxBytes() / 16;
      assertTrue(options.maxBytes() == 0 || bytes <= most, bytes + " bytes are kept");
    }

    private void reopen() {
      models.forEach(QueueModel::close);
      store.close();
      if (random.nextBoolean()) {
        time.reboot();
      }
      store = open();
      models.forEach(each -> each.checkStats(store));
    }

    private void kill(int action) {
      Path left = directory.resolve("" + action);
      StoreCopy.of(home, left);
      models.forEach(QueueModel::closeReader);
      store.close();
      StoreCopy.remove(home);
      home = left;
      store = open();
      for (QueueModel each : models) {
        each.survive(store);
        each.checkStats(store);
      }
    }
  }
}
