package dev.edgehub.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** A store with the verbs that tests use, each waiting for its outcome. */
final class OpenStore implements AutoCloseable {

  static final QueueId QUEUE = new QueueId("upstream", 0);

  private final Store store;

  OpenStore(Store store) {
    this.store = store;
  }

  static OpenStore at(Path directory) {
    return at(directory, options(Durability.DISK, 0, 4 << 20));
  }

  static OpenStore at(Path directory, StoreOptions options) {
    return new OpenStore(Store.open(directory, options, StoreListener.NONE));
  }

  static StoreOptions options(Durability durability, long maxBytes, int tailBytes) {
    return new StoreOptions(durability, maxBytes, 0, tailBytes, InstantSource.system());
  }

  QueueStore queues() {
    return store.queues();
  }

  DocumentStore documents() {
    return store.documents();
  }

  AppendOutcome append(QueueId queue, String... bodies) {
    AppendBatch batch = new AppendBatch();
    for (String body : bodies) {
      batch.add(queue, AppendBatch.NEVER, bytes(body));
    }
    return append(batch);
  }

  AppendOutcome append(AppendBatch batch) {
    return await(done -> store.queues().append(batch, done));
  }

  AppendOutcome put(String collection, String key, String value) {
    return await(done -> store.documents().put(collection, key, bytes(value), done));
  }

  AppendOutcome remove(String collection, String key) {
    return await(done -> store.documents().remove(collection, key, done));
  }

  /** Confirms, and waits until the figures show it. */
  void confirm(QueueId queue, long from, long to, Disposition why) {
    store.queues().confirm(queue, List.of(new OffsetRange(from, to)), why);
    settle();
  }

  /** Waits for everything handed over so far: a command after it has been completed. */
  void settle() {
    append(new AppendBatch());
  }

  /** Everything owed, read to the end by a reader of its own. */
  List<String> owed(QueueId queue) {
    try (QueueReader reader = store.queues().reader(queue, () -> {})) {
      List<String> bodies = new ArrayList<>();
      for (List<Entry> some = reader.read(7, 1 << 20);
          !some.isEmpty();
          some = reader.read(7, 1 << 20)) {
        some.forEach(entry -> bodies.add(text(entry)));
      }
      return bodies;
    }
  }

  QueueStats stats(QueueId queue) {
    return store.queues().stats().stream()
        .filter(stats -> stats.queue().equals(queue))
        .findFirst()
        .orElseThrow();
  }

  static String text(Entry entry) {
    return new String(entry.body(), StandardCharsets.UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static AppendOutcome await(Call call) {
    AtomicReference<AppendOutcome> outcome = new AtomicReference<>();
    CountDownLatch told = new CountDownLatch(1);
    call.with(
        result -> {
          outcome.set(result);
          told.countDown();
        });
    Await.latch("the outcome of a write", told);
    return outcome.get();
  }

  @Override
  public void close() {
    store.close();
  }

  private interface Call {
    void with(java.util.function.Consumer<AppendOutcome> done);
  }
}
