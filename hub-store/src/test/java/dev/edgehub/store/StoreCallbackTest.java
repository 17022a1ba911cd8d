package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreCallbackTest {

  private static final QueueId QUEUE = OpenStore.QUEUE;

  private final RecordingListener listener = new RecordingListener();

  @TempDir Path directory;

  @Test
  void tellsEachCallerOnceAlsoAcrossTheEnd() throws InterruptedException {
    Store store = Store.open(directory, OpenStore.options(Durability.OS, 0, 0), listener);
    List<AtomicInteger> told = new CopyOnWriteArrayList<>();
    List<Thread> callers = new CopyOnWriteArrayList<>();
    AtomicInteger durable = new AtomicInteger();
    for (int i = 0; i < 4; i++) {
      Thread caller =
          new Thread(
              () -> {
                for (int n = 0; n < 3_000; n++) {
                  AtomicInteger calls = new AtomicInteger();
                  told.add(calls);
                  AppendBatch batch = new AppendBatch();
                  batch.add(QUEUE, AppendBatch.NEVER, new byte[10]);
                  store
                      .queues()
                      .append(
                          batch,
                          outcome -> {
                            calls.incrementAndGet();
                            if (outcome == AppendOutcome.DURABLE) {
                              durable.incrementAndGet();
                            }
                          });
                }
              });
      callers.add(caller);
      caller.start();
    }
    Await.until("some commits", () -> durable.get() > 500);

    store.close();

    for (Thread caller : callers) {
      caller.join();
    }
    assertEquals(12_000, told.size());
    assertTrue(told.stream().allMatch(calls -> calls.get() == 1));
    try (OpenStore reopened = OpenStore.at(directory)) {
      assertEquals(durable.get(), reopened.stats(QUEUE).appended());
    }
  }

  @Test
  void outlivesCallbacksThatThrow() {
    try (OpenStore store = open()) {
      store
          .queues()
          .reader(
              QUEUE,
              () -> {
                throw new IllegalStateException("reader");
              });
      AppendBatch batch = new AppendBatch();
      batch.add(QUEUE, AppendBatch.NEVER, new byte[10]);
      store
          .queues()
          .append(
              batch,
              outcome -> {
                throw new AssertionError("caller");
              });

      assertEquals(AppendOutcome.DURABLE, store.append(QUEUE, "b"));
      store.settle();
      assertTrue(listener.incidents.size() >= 2); // a group tells a reader once
      assertEquals(Set.of("callback failed"), Set.copyOf(listener.incidents));
    }
  }

  @Test
  void cannotBeClosedFromACallback() {
    List<Throwable> thrown = new CopyOnWriteArrayList<>();
    OpenStore store = open();
    store
        .queues()
        .append(
            new AppendBatch(),
            outcome -> thrown.add(assertThrows(IllegalStateException.class, store::close)));
    store.settle();

    store.close();

    assertEquals(1, thrown.size());
  }

  @Test
  void leavesNobodyHangingWhenTheWriterFails() {
    StoreOptions options = OpenStore.options(Durability.DISK, 0, 0);
    AtomicInteger looks = new AtomicInteger();
    DiskGuard disk =
        new DiskGuard(
            () -> {
              if (looks.incrementAndGet() > 1) {
                throw new IllegalStateException("a bug");
              }
              return Long.MAX_VALUE;
            },
            0,
            () -> looks.get() * 1_000_000_000L);
    BootClock boot = BootClock.of(options.clock());
    OpenStore store = new OpenStore(RocksStore.open(directory, options, listener, boot, disk));
    assertEquals(AppendOutcome.DURABLE, store.append(QUEUE, "a"));

    assertEquals(AppendOutcome.CLOSED, store.append(QUEUE, "b"));
    assertEquals(AppendOutcome.CLOSED, store.append(QUEUE, "c"));
    assertEquals(AppendOutcome.CLOSED, store.put("c", "k", "v"));
    Await.until("the listener", () -> listener.incidents.equals(List.of("failed")));
    assertEquals(1, store.stats(QUEUE).appended());

    store.close();
    try (OpenStore reopened = OpenStore.at(directory)) {
      assertEquals(List.of("a"), reopened.owed(QUEUE));
    }
  }

  @Test
  void refusesEverythingAfterTheEnd() throws IOException {
    OpenStore store = open();
    QueueReader reader = store.queues().reader(QUEUE, () -> {});
    store.append(QUEUE, "a");
    store.close();

    assertEquals(AppendOutcome.CLOSED, store.append(QUEUE, "b"));
    assertEquals(AppendOutcome.CLOSED, store.remove("c", "k"));
    assertThrows(StoreException.class, () -> store.documents().get("c", "k"));
    reader.close();
  }

  private OpenStore open() {
    return new OpenStore(
        Store.open(directory, OpenStore.options(Durability.DISK, 0, 1_000), listener));
  }
}
