package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random appends and confirms on a store with a quota and on a model that keeps lists of blocks,
 * for each policy. Both must hold the same entries at any time, never more bytes than the quota,
 * and must have counted each entry that has left once.
 */
final class QuotaModelTest {

  private static final long QUOTA = 12_000;
  private static final int ACTIONS = 5_000;
  private static final int OVERHEAD = BlockCodec.HEADER_BYTES + BlockCodec.CRC_BYTES;
  private static final List<QueueId> QUEUES =
      List.of(
          new QueueId("alarms", 0),
          new QueueId("a", 5),
          new QueueId("b", 5),
          new QueueId("rest", 2_000_000_000));

  @TempDir Path directory;

  @Test
  void agreesWithAModelThatRejects() {
    run(WhenFull.REJECT);
  }

  @Test
  void agreesWithAModelThatDropsTheOldest() {
    run(WhenFull.DROP_OLDEST);
  }

  @Test
  void agreesWithAModelThatDropsTheLeastImportant() {
    run(WhenFull.DROP_LOWEST_PRIORITY);
  }

  private void run(WhenFull policy) {
    Random random = Seed.random("QuotaModelTest " + policy);
    ManualClock clock = new ManualClock();
    StoreOptions options =
        new StoreOptions(Durability.OS, QUOTA, 0, random.nextInt(2_000), clock, policy);
    Model model = new Model(policy);
    OpenStore store = OpenStore.at(directory, options);
    try {
      for (int action = 0; action < ACTIONS; action++) {
        int dice = random.nextInt(1_000);
        if (dice < 700) {
          clock.pass(1);
          AppendBatch batch = batch(random);
          AppendOutcome expected = model.append(batch);
          assertEquals(expected, store.append(batch));
          if (random.nextInt(4) == 0) {
            check(store, model);
          }
        } else if (dice < 900) {
          confirm(store, model, random);
        } else if (dice < 998) {
          QueueId queue = any(random);
          assertEquals(model.owed(queue), offsets(store, queue), queue::toString);
        } else {
          store.close();
          store = OpenStore.at(directory, options);
          model.wanted = 0;
          check(store, model);
        }
      }
      assertEquals(policy != WhenFull.REJECT, model.evicted() > 0, "something was evicted");
    } finally {
      store.close();
    }
  }

  private static QueueId any(Random random) {
    return QUEUES.get(random.nextInt(QUEUES.size()));
  }

  private static AppendBatch batch(Random random) {
    AppendBatch batch = new AppendBatch();
    int entries = 1 + random.nextInt(4);
    int most = random.nextInt(100) == 0 ? 20_000 : 900;
    for (int i = 0; i < entries; i++) {
      long limit = random.nextInt(3) == 0 ? 1 + random.nextInt(6_000) : AppendBatch.NO_LIMIT;
      batch.add(any(random), AppendBatch.NEVER, new byte[random.nextInt(most)], limit);
    }
    return batch;
  }

  private static void confirm(OpenStore store, Model model, Random random) {
    QueueId queue = any(random);
    long next = model.next(queue);
    if (next == 0) {
      return;
    }
    // also of what has left already
    long from = Math.max(0, next - 1 - random.nextInt(40));
    long to = Math.min(next, from + 1 + random.nextInt(8));
    model.leave(queue, from, to, Disposition.DELIVERED);
    store.confirm(queue, from, to, Disposition.DELIVERED);
  }

  private static List<Long> offsets(OpenStore store, QueueId queue) {
    List<Long> offsets = new ArrayList<>();
    try (QueueReader reader = store.queues().reader(queue, () -> {})) {
      for (List<Entry> some = reader.read(9, 5_000);
          !some.isEmpty();
          some = reader.read(9, 5_000)) {
        some.forEach(entry -> offsets.add(entry.offset()));
      }
    }
    return offsets;
  }

  private static void check(OpenStore store, Model model) {
    long bytes = 0;
    for (QueueStats stats : store.queues().stats()) {
      QueueId queue = stats.queue();
      assertEquals(model.next(queue), stats.appended());
      assertEquals(stats.appended(), stats.left().total() + stats.depth());
      assertEquals(model.left(queue), stats.left(), queue::toString);
      assertEquals(model.bytes(queue), stats.bytes(), queue::toString);
      bytes += stats.bytes();
    }
    assertTrue(bytes <= QUOTA, bytes + " bytes are kept");
  }

  /** The entries of one commit in one queue. */
  private record Kept(QueueId queue, long commit, long bytes, TreeSet<Long> owed) {}

  /** Blocks in lists, without a disk. */
  private static final class Model {
    private final WhenFull policy;
    private final List<Kept> blocks = new ArrayList<>();
    private final Map<QueueId, Long> next = new HashMap<>();
    private final Map<QueueId, Map<Disposition, Long>> left = new HashMap<>();
    private final List<QueueId> numbers = new ArrayList<>();
    private long commit;
    // what a store that rejects wants to have free before it takes anything again
    private long wanted;

    Model(WhenFull policy) {
      this.policy = policy;
    }

    long next(QueueId queue) {
      return next.getOrDefault(queue, 0L);
    }

    long bytes(QueueId queue) {
      return blocks.stream().filter(b -> b.queue().equals(queue)).mapToLong(Kept::bytes).sum();
    }

    List<Long> owed(QueueId queue) {
      return blocks.stream()
          .filter(block -> block.queue().equals(queue))
          .flatMap(block -> block.owed().stream())
          .sorted()
          .toList();
    }

    Departures left(QueueId queue) {
      Departures sum = Departures.NONE;
      for (Map.Entry<Disposition, Long> gone : left.getOrDefault(queue, Map.of()).entrySet()) {
        sum = sum.plus(gone.getKey(), gone.getValue());
      }
      return sum;
    }

    long evicted() {
      return QUEUES.stream().mapToLong(queue -> left(queue).evicted()).sum();
    }

    void leave(QueueId queue, long from, long to, Disposition why) {
      for (Kept block : List.copyOf(blocks)) {
        if (block.queue().equals(queue)) {
          var gone = block.owed().subSet(from, to);
          count(queue, why, gone.size());
          gone.clear();
        }
      }
      blocks.removeIf(block -> block.owed().isEmpty());
    }

    private void count(QueueId queue, Disposition why, long entries) {
      if (entries > 0) {
        left.computeIfAbsent(queue, any -> new EnumMap<>(Disposition.class))
            .merge(why, entries, Long::sum);
      }
    }

    AppendOutcome append(AppendBatch batch) {
      List<Kept> victims = new ArrayList<>();
      if (!fits(batch, victims)) {
        return AppendOutcome.FULL;
      }
      for (Kept victim : victims) {
        count(victim.queue(), Disposition.EVICTED, victim.owed().size());
        blocks.remove(victim);
      }
      commit++;
      Map<QueueId, Kept> mine = new HashMap<>();
      for (AppendBatch.Item item : batch.items()) {
        Kept before = mine.get(item.queue());
        if (before == null && !numbers.contains(item.queue())) {
          numbers.add(item.queue());
        }
        long size = (long) item.body().length + BlockCodec.ENTRY_BYTES;
        TreeSet<Long> owed = before == null ? new TreeSet<>() : before.owed();
        owed.add(next(item.queue()));
        next.merge(item.queue(), 1L, Long::sum);
        long bytes = size + (before == null ? OVERHEAD : before.bytes());
        mine.put(item.queue(), new Kept(item.queue(), commit, bytes, owed));
      }
      blocks.addAll(mine.values());
      return AppendOutcome.DURABLE;
    }

    /** What must go, in any order, so that a batch fits; false when it does not all the same. */
    private boolean fits(AppendBatch batch, List<Kept> victims) {
      long entries = batch.bytes() + (long) batch.size() * BlockCodec.ENTRY_BYTES;
      long needed = entries + (long) OVERHEAD * batch.queueRuns();
      List<Kept> order = new ArrayList<>(blocks);
      Comparator<Kept> oldest =
          Comparator.comparingLong(Kept::commit)
              .thenComparingInt(block -> numbers.indexOf(block.queue()));
      order.sort(
          policy == WhenFull.DROP_OLDEST
              ? oldest
              : Comparator.comparing((Kept block) -> -block.queue().priority())
                  .thenComparing(oldest));
      order.removeIf(
          block ->
              policy == WhenFull.REJECT
                  || (policy == WhenFull.DROP_LOWEST_PRIORITY
                      && block.queue().priority() < batch.leastImportant()));
      long over = sum(blocks) + needed - QUOTA;
      if (policy != WhenFull.REJECT && over > sum(order)) {
        return false;
      }
      for (AppendBatch.Limit limit : batch.limits()) {
        List<Kept> own = new ArrayList<>(blocks);
        own.removeAll(victims);
        own.removeIf(block -> !block.queue().equals(limit.queue()));
        own.sort(oldest);
        while (sum(own) >= limit.maxBytes()) {
          if (policy == WhenFull.REJECT) {
            return false;
          }
          victims.add(own.remove(0));
        }
      }
      if (policy == WhenFull.REJECT) {
        return hasRoom(needed);
      }
      order.removeAll(victims);
      while (sum(blocks) - sum(victims) + needed > QUOTA) {
        if (order.isEmpty()) {
          return false;
        }
        victims.add(order.remove(0));
      }
      return true;
    }

    private boolean hasRoom(long needed) {
      if (sum(blocks) + wanted > QUOTA) {
        return false;
      }
      wanted = sum(blocks) + needed > QUOTA ? Math.min(needed, QUOTA / 8) : 0;
      return wanted == 0;
    }

    private static long sum(List<Kept> some) {
      return some.stream().mapToLong(Kept::bytes).sum();
    }
  }

  @Test
  void losesNothingUncountedWhenManyAppendAndConfirmAtOnce() throws InterruptedException {
    for (WhenFull policy : WhenFull.values()) {
      Path home = directory.resolve("" + policy);
      StoreOptions options =
          new StoreOptions(Durability.OS, 100_000, 0, 50_000, new ManualClock(), policy);
      try (OpenStore store = OpenStore.at(home, options)) {
        Random seeds = Seed.random("QuotaModelTest at once " + policy);
        List<Sender> senders = new ArrayList<>();
        for (QueueId queue : QUEUES) {
          senders.add(new Sender(store, queue, new Random(seeds.nextLong())));
        }
        senders.forEach(Thread::start);
        for (Sender sender : senders) {
          sender.join();
        }
        store.settle();
        long bytes = 0;
        for (Sender sender : senders) {
          if (sender.acknowledged == 0) {
            continue;
          }
          QueueStats stats = store.stats(sender.queue);
          assertEquals(sender.acknowledged, stats.appended());
          assertEquals(stats.appended(), stats.left().total() + stats.depth());
          assertEquals(stats.depth(), offsets(store, sender.queue).size());
          bytes += stats.bytes();
        }
        assertTrue(bytes <= 100_000, bytes + " bytes are kept");
      }
    }
  }

  /** Appends without waiting, some batches at once, and confirms now and then. */
  private static final class Sender extends Thread {
    private final OpenStore store;
    private final QueueId queue;
    private final Random random;
    private long acknowledged;

    Sender(OpenStore store, QueueId queue, Random random) {
      this.store = store;
      this.queue = queue;
      this.random = random;
    }

    @Override
    public void run() {
      for (int round = 0; round < 60; round++) {
        List<CompletableFuture<Long>> told = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          AppendBatch batch = new AppendBatch();
          int entries = 1 + random.nextInt(5);
          for (int k = 0; k < entries; k++) {
            batch.add(queue, AppendBatch.NEVER, new byte[random.nextInt(2_000)]);
          }
          CompletableFuture<Long> stored = new CompletableFuture<>();
          store
              .queues()
              .append(
                  batch,
                  outcome ->
                      stored.complete(outcome == AppendOutcome.DURABLE ? (long) entries : 0L));
          told.add(stored);
        }
        acknowledged +=
            told.stream()
                .flatMapToLong(
                    stored -> LongStream.of(stored.orTimeout(20, TimeUnit.SECONDS).join()))
                .sum();
        if (acknowledged > 0) {
          long from = (long) (random.nextDouble() * acknowledged);
          OffsetRange some = new OffsetRange(from, Math.min(acknowledged, from + 20));
          store.queues().confirm(queue, List.of(some), Disposition.DELIVERED);
        }
      }
    }
  }
}
