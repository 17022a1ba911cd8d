package dev.edgehub.bench.jmh;

import dev.edgehub.store.AppendBatch;
import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.Disposition;
import dev.edgehub.store.Durability;
import dev.edgehub.store.OffsetRange;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueReader;
import dev.edgehub.store.Store;
import dev.edgehub.store.StoreListener;
import dev.edgehub.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Entries of 256 bytes through the store's door, read by a sink that keeps up, confirmed three
 * groups later. With one group under way each is durable before the next is made; with two the next
 * one waits while the last is synced, as in a hub under load. Scores are entries per second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class AppendBenchmark {

  /** Entries per invocation, whatever the size of the groups. */
  private static final int ENTRIES = 500;

  private static final int CONFIRM_BEHIND = 1_500;
  private static final QueueId QUEUE = new QueueId("bench", 0);

  @Param({"DISK", "OS", "MEMORY"})
  Durability durability = Durability.DISK;

  @Param({"10", "100", "500"})
  int group = 100;

  @Param({"1", "2"})
  int underWay = 1;

  private final byte[] body = new byte[256];
  private final Semaphore durable = new Semaphore(0);
  private Path directory = Path.of(".");
  private Store store;
  private QueueReader reader;
  private int handedOver;
  private long appended;
  private long confirmed;

  @Setup
  public void open() throws IOException {
    directory = Scratch.newDirectory();
    StoreOptions defaults = StoreOptions.defaults();
    store =
        Store.open(
            directory,
            new StoreOptions(
                durability, 0, defaults.reserveBytes(), defaults.tailBytes(), defaults.clock()),
            StoreListener.NONE);
    reader = store.queues().reader(QUEUE, () -> {});
  }

  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public void append() throws InterruptedException {
    for (int done = 0; done < ENTRIES; done += group) {
      AppendBatch batch = new AppendBatch();
      for (int i = 0; i < group; i++) {
        batch.add(QUEUE, AppendBatch.NEVER, body);
      }
      store.queues().append(batch, this::told);
      handedOver++;
      if (handedOver < underWay) {
        continue;
      }
      durable.acquire();
      handedOver--;
      appended += group;
      read();
      if (appended - confirmed > CONFIRM_BEHIND) {
        store
            .queues()
            .confirm(
                QUEUE,
                List.of(new OffsetRange(confirmed, confirmed + group)),
                Disposition.DELIVERED);
        confirmed += group;
      }
    }
  }

  private void read() {
    int read = reader.read(group, Integer.MAX_VALUE).size();
    if (read != group) {
      throw new IllegalStateException("expected to read " + group + " entries, not " + read);
    }
  }

  private void told(AppendOutcome outcome) {
    if (outcome != AppendOutcome.DURABLE) {
      throw new IllegalStateException("expected the append to be durable, it is " + outcome);
    }
    durable.release();
  }

  @TearDown
  public void close() throws IOException, InterruptedException {
    durable.acquire(handedOver);
    handedOver = 0;
    reader.close();
    store.close();
    Scratch.remove(directory);
  }
}
