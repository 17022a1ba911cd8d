package dev.edgehub.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.deadletter.DeadLetterLimits;
import dev.edgehub.deadletter.DeadLetterListener;
import dev.edgehub.deadletter.DeadLetters;
import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageCodec;
import dev.edgehub.message.MessageSource;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.AppendBatch;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueStats;
import dev.edgehub.testing.ManualClock;
import dev.edgehub.testing.ManualTimer;
import dev.edgehub.testing.MemoryQueueStore;
import dev.edgehub.testing.MessageFixtures;
import dev.edgehub.testing.ScriptedSink;
import dev.edgehub.testing.SteppedExecutor;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** One pump with everything around it, on one thread and in a test's own time. */
final class PumpBench {

  static final SinkId SINK = new SinkId.ModuleInput("agg", "in1");

  static final int POISON_CLOSES = 3;

  /** Back-offs are not shortened: 100, 200, 400 … 10,000 ms. */
  private static final RandomGenerator NO_JITTER = () -> 0L;

  /** The store's time, and the timer's. */
  final ManualClock clock = new ManualClock();

  final ManualTimer timer = new ManualTimer(clock);
  final SteppedExecutor executor = new SteppedExecutor();
  final MemoryQueueStore store = new MemoryQueueStore(clock);
  final RecordingListener told = new RecordingListener();
  final DeadLetters deadLetters =
      new DeadLetters(store, new DeadLetterLimits(5, 1 << 20), executor, DeadLetterListener.NONE);
  private final int window;
  private final int[] priorities;
  SinkPump pump;

  PumpBench(int window, int... priorities) {
    this.window = window;
    this.priorities = priorities;
    pump = start();
  }

  private SinkPump start() {
    SinkPump started =
        new SinkPump(
            SINK,
            store,
            deadLetters,
            executor,
            timer,
            window,
            POISON_CLOSES,
            new RetryPolicy(100, 10_000, NO_JITTER),
            told);
    IntStream.of(priorities).forEach(started::addLane);
    for (QueueId queue : store.queues()) {
      ParkedQueue.of(queue).ifPresent(parked -> started.resume(parked.sender(), parked.priority()));
    }
    run();
    return started;
  }

  /** The hub is stopped and started; there is no link, and nobody hears late answers. */
  void restart() {
    pump.close(new CountDownLatch(1));
    run();
    pump = start();
  }

  /** Runs whatever waits to be run. */
  void run() {
    executor.runAll();
  }

  /** Lets time pass, and runs what that brings. */
  void pass(long millis) {
    timer.pass(millis, this::run);
  }

  void attach(ScriptedSink link) {
    pump.attach(link);
    run();
  }

  void detach(ScriptedSink link) {
    pump.detach(link);
    run();
  }

  /** Appends messages that never expire, without running the pump. */
  void append(int priority, String... bodies) {
    appendWithDeadline(priority, AppendBatch.NEVER, bodies);
  }

  void appendWithTtl(int priority, long ttlMillis, String... bodies) {
    appendWithDeadline(priority, clock.millis() + ttlMillis, bodies);
  }

  /** Makes messages readable; the pump is told of them by what is returned. */
  Runnable commit(int priority, String... bodies) {
    return store.commit(batch(priority, AppendBatch.NEVER, bodies));
  }

  /** Runs something during the read that comes after so many others. */
  void duringReadAfter(int reads, Runnable action) {
    store.duringNextRead(reads == 0 ? action : () -> duringReadAfter(reads - 1, action));
  }

  /** Appends messages of a device, without running the pump. */
  void appendFrom(Identity.Device sender, int priority, long deadlineMillis, String... bodies) {
    store.append(batch(sender, priority, deadlineMillis, bodies), outcome -> {});
  }

  private void appendWithDeadline(int priority, long deadlineMillis, String... bodies) {
    store.append(batch(priority, deadlineMillis, bodies), outcome -> {});
  }

  private static AppendBatch batch(int priority, long deadlineMillis, String... bodies) {
    return batch(MessageFixtures.LEAF, priority, deadlineMillis, bodies);
  }

  private static AppendBatch batch(
      Identity.Device sender, int priority, long deadlineMillis, String... bodies) {
    AppendBatch batch = new AppendBatch();
    for (String body : bodies) {
      Message message = MessageFixtures.message(MessageSource.of(sender), body);
      batch.add(queue(priority), deadlineMillis, MessageCodec.encode(message));
    }
    return batch;
  }

  /** Appends that many messages: m0, m1, … */
  void appendMany(int priority, int count) {
    append(priority, IntStream.range(0, count).mapToObj(i -> "m" + i).toArray(String[]::new));
  }

  void appendGarbage(int priority, int count) {
    AppendBatch batch = new AppendBatch();
    for (int i = 0; i < count; i++) {
      batch.add(queue(priority), AppendBatch.NEVER, new byte[] {99, 1, 2});
    }
    store.append(batch, outcome -> {});
  }

  QueueStats stats(int priority) {
    return store.stats(queue(priority));
  }

  static QueueId queue(int priority) {
    return new QueueId(SINK.name(), priority);
  }

  /** The queue of a sender that is parked, or was. */
  static QueueId parked(Identity sender, int priority) {
    return new ParkedQueue(SINK, sender, priority).id();
  }

  QueueStats parkedStats(Identity sender, int priority) {
    return store.stats(parked(sender, priority));
  }

  /** Every message left for a reason or is still owed, and the counts say so. */
  void assertConserved(int priority) {
    QueueStats stats = stats(priority);
    assertEquals(stats.appended(), stats.left().total() + stats.depth(), stats.toString());
  }
}
