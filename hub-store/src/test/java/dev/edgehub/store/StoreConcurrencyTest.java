package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several appenders, one reader that is only woken by the store, and confirms out of order. */
final class StoreConcurrencyTest {

  private static final QueueId QUEUE = OpenStore.QUEUE;
  private static final int APPENDERS = 3;
  private static final int EACH = 20_000;
  private static final int IN_FLIGHT = 500;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 2_000, 4 << 20})
  void losesAndDoublesNothingAndKeepsEachAppendersOrder(int tailBytes) throws InterruptedException {
    Random random = Seed.random("StoreConcurrencyTest " + tailBytes);
    StoreOptions options = OpenStore.options(Durability.DISK, 0, tailBytes);
    try (OpenStore store = OpenStore.at(directory, options)) {
      List<Thread> appenders = new ArrayList<>();
      AtomicInteger refused = new AtomicInteger();
      for (int i = 0; i < APPENDERS; i++) {
        int appender = i;
        Thread thread = new Thread(() -> append(store.queues(), appender, refused));
        appenders.add(thread);
        thread.start();
      }

      readAll(store.queues(), random);

      for (Thread appender : appenders) {
        appender.join();
      }
      assertEquals(0, refused.get());
      Await.until("all confirmed", () -> store.stats(QUEUE).depth() == 0);
      assertEquals(APPENDERS * EACH, store.stats(QUEUE).left().delivered());
      assertEquals(0, store.stats(QUEUE).bytes());
    }
    try (OpenStore store = OpenStore.at(directory, options)) {
      assertEquals(List.of(), store.owed(QUEUE));
      assertEquals(APPENDERS * EACH, store.stats(QUEUE).left().delivered());
    }
  }

  private static void append(QueueStore queues, int appender, AtomicInteger refused) {
    Semaphore room = new Semaphore(IN_FLIGHT);
    for (int i = 0; i < EACH; i++) {
      room.acquireUninterruptibly();
      AppendBatch batch = new AppendBatch();
      batch.add(
          QUEUE, AppendBatch.NEVER, ByteBuffer.allocate(20).putInt(appender).putInt(i).array());
      queues.append(
          batch,
          outcome -> {
            if (outcome != AppendOutcome.DURABLE) {
              refused.incrementAndGet();
            }
            room.release();
          });
    }
  }

  private static void readAll(QueueStore queues, Random random) throws InterruptedException {
    int[] next = new int[APPENDERS];
    long offset = 0;
    List<OffsetRange> seen = new ArrayList<>();
    Semaphore wake = new Semaphore(0);
    try (QueueReader reader = queues.reader(QUEUE, wake::release)) {
      while (offset < (long) APPENDERS * EACH) {
        List<Entry> entries = reader.read(1 + random.nextInt(200), 1 << 20);
        if (entries.isEmpty()) {
          // no polling: a lost wake-up shows as a hang
          if (!wake.tryAcquire(20, TimeUnit.SECONDS)) {
            throw new AssertionError("never woken after offset " + offset);
          }
          wake.drainPermits();
          continue;
        }
        for (Entry entry : entries) {
          ByteBuffer body = ByteBuffer.wrap(entry.body());
          int appender = body.getInt();
          assertEquals(offset, entry.offset());
          assertEquals(next[appender], body.getInt());
          next[appender]++;
          seen.add(new OffsetRange(offset, offset + 1));
          offset++;
        }
        if (seen.size() > 1_000) {
          Collections.shuffle(seen, random);
          queues.confirm(QUEUE, seen.subList(0, 700), Disposition.DELIVERED);
          seen.subList(0, 700).clear();
        }
      }
    }
    queues.confirm(QUEUE, seen, Disposition.DELIVERED);
  }
}
