package dev.edgehub.delivery;

import dev.edgehub.deadletter.DeadLetters;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueStore;
import dev.edgehub.store.Removal;
import dev.edgehub.thread.Timer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every sink there is: those that routes name and those whose queues were left behind by routes
 * that are gone. Brings links and sinks together, whichever comes first. Any thread may use it; its
 * lock is held for map look-ups and posts only, never while anything blocks.
 */
public final class SinkDirectory implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SinkDirectory.class);
  private static final long CLOSE_SECONDS = 5;

  private final QueueStore store;
  private final DeadLetters deadLetters;
  private final Executor pool;
  private final Timer timer;
  private final RandomGenerator random;
  private final DeliveryListener listener;
  private final int moduleWindow;
  private final int upstreamWindow;
  private final int poisonCloses;

  private final Map<SinkId, SinkPump> pumps = new HashMap<>();
  private final Map<SinkId, Sink> links = new HashMap<>();
  private final Map<String, ModuleLinks> modules = new HashMap<>();
  private @Nullable Sink upstream;

  /**
   * A directory without sinks.
   *
   * @param deadLetters gets what a sink never takes
   * @param pool threads that may be blocked by the disk
   * @param moduleWindow unanswered deliveries per module input, at least 1
   * @param upstreamWindow unanswered deliveries to upstream, at least 1
   * @param poisonCloses closes of a link in a row that make the message under way a dead letter, at
   *     least 2
   */
  public SinkDirectory(
      QueueStore store,
      DeadLetters deadLetters,
      Executor pool,
      Timer timer,
      RandomGenerator random,
      DeliveryListener listener,
      int moduleWindow,
      int upstreamWindow,
      int poisonCloses) {
    this.store = store;
    this.deadLetters = deadLetters;
    this.pool = pool;
    this.timer = timer;
    this.random = random;
    this.listener = listener;
    this.moduleWindow = moduleWindow;
    this.upstreamWindow = upstreamWindow;
    this.poisonCloses = poisonCloses;
  }

  /**
   * Serves these queues, and everything the store still holds. A sink of the store that is not
   * named here is detached: its messages are kept until their deadline.
   *
   * @param routed sinks by name, each with its priorities
   */
  public synchronized void serve(Map<SinkId, Set<Integer>> routed) {
    Map<SinkId, Set<Integer>> all = new HashMap<>();
    routed.forEach((sink, priorities) -> all.put(sink, new HashSet<>(priorities)));
    for (QueueId queue : store.queues()) {
      SinkId.parse(queue.sink())
          .or(() -> ParkedQueue.of(queue).map(ParkedQueue::sink))
          .ifPresent(sink -> all.computeIfAbsent(sink, s -> new HashSet<>()).add(queue.priority()));
    }
    Set<SinkId> known = Set.copyOf(pumps.keySet());
    all.forEach(
        (sink, priorities) -> {
          SinkPump pump = pumps.computeIfAbsent(sink, this::newPump);
          pump.setRouted(routed.containsKey(sink));
          priorities.forEach(pump::addLane);
        });
    resumeParked(known);
    all.keySet().forEach(this::relink);
    pumps.forEach((sink, pump) -> pump.setRouted(routed.containsKey(sink)));
  }

  /**
   * Tells new pumps of senders that were parked when the hub was stopped, before they have a link.
   */
  private void resumeParked(Set<SinkId> known) {
    for (QueueId queue : store.queues()) {
      ParkedQueue.of(queue)
          .filter(parked -> !known.contains(parked.sink()))
          .ifPresent(
              parked -> {
                SinkPump pump = pumps.get(parked.sink());
                if (pump != null) {
                  pump.resume(parked.sender(), parked.priority());
                }
              });
    }
  }

  private SinkPump newPump(SinkId sink) {
    boolean module = sink instanceof SinkId.ModuleInput;
    RetryPolicy retry =
        module ? new RetryPolicy(100, 10_000, random) : new RetryPolicy(250, 30_000, random);
    return new SinkPump(
        sink,
        store,
        deadLetters,
        pool,
        timer,
        module ? moduleWindow : upstreamWindow,
        poisonCloses,
        retry,
        listener);
  }

  /** A module has connected, in place of any earlier connection of its. */
  public synchronized void connect(String moduleId, ModuleLinks module) {
    modules.put(moduleId, module);
    relinkModule(moduleId);
  }

  /** The inputs a module listens to have changed; ignored when it is not the present connection. */
  public synchronized void refresh(String moduleId, ModuleLinks module) {
    if (modules.get(moduleId) == module) {
      relinkModule(moduleId);
    }
  }

  /** A module's connection has ended; ignored when another has taken its place. */
  public synchronized void disconnect(String moduleId, ModuleLinks module) {
    if (modules.remove(moduleId, module)) {
      relinkModule(moduleId);
    }
  }

  /** Upstream can be reached over this link, or, with null, not at all. */
  public synchronized void upstream(@Nullable Sink link) {
    upstream = link;
    relink(SinkId.UPSTREAM);
  }

  private void relinkModule(String moduleId) {
    for (SinkId sink : pumps.keySet()) {
      if (sink instanceof SinkId.ModuleInput input && input.moduleId().equals(moduleId)) {
        relink(sink);
      }
    }
  }

  private void relink(SinkId sink) {
    SinkPump pump = pumps.get(sink);
    if (pump == null) {
      return;
    }
    Sink wanted = linkTo(sink);
    Sink present = wanted == null ? links.remove(sink) : links.put(sink, wanted);
    if (wanted != null) {
      pump.attach(wanted);
    } else if (present != null) {
      pump.detach(present);
    }
  }

  private @Nullable Sink linkTo(SinkId sink) {
    if (sink instanceof SinkId.ModuleInput input) {
      ModuleLinks module = modules.get(input.moduleId());
      return module == null ? null : module.linkTo(input);
    }
    return upstream;
  }

  /**
   * Drops what waits for a sink at these priorities. What is under way goes when its attempt fails,
   * and is delivered when it does not.
   *
   * @param done told once how many messages were dropped, on any thread
   */
  public synchronized void purge(SinkId sink, Set<Integer> priorities, Consumer<Removal> done) {
    SinkPump pump = pumps.get(sink);
    Removals sum = new Removals(priorities.size(), done);
    if (pump == null || priorities.isEmpty()) {
      done.accept(new Removal(AppendOutcome.DURABLE, 0));
    } else {
      priorities.forEach(priority -> pump.purge(priority, sum));
    }
  }

  /** How the sink is doing; a sink that is not served is said to be detached. */
  public synchronized SinkStatus status(SinkId sink) {
    SinkPump pump = pumps.get(Objects.requireNonNull(sink, "sink"));
    return pump == null ? new SinkStatus(SinkStatus.State.DETACHED, 0, null, 0) : pump.status();
  }

  /** How a parked sender's queue is doing: as its sink, unless that is well. */
  public synchronized SinkStatus status(ParkedQueue parked) {
    SinkStatus sink = status(parked.sink());
    SinkPump pump = pumps.get(parked.sink());
    SinkStatus own = pump == null ? null : pump.status(parked.sender());
    return own == null || sink.state() != SinkStatus.State.CONNECTED ? sink : own;
  }

  /**
   * Stops every pump and waits up to 5 s for them, so that what was answered is confirmed before
   * the store is closed; unanswered deliveries stay in their queues.
   */
  @Override
  public void close() {
    CountDownLatch done;
    synchronized (this) {
      done = new CountDownLatch(pumps.size());
      pumps.values().forEach(pump -> pump.close(done));
      pumps.clear();
    }
    try {
      if (!done.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("Some sinks did not stop in time; their last messages may be delivered again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
