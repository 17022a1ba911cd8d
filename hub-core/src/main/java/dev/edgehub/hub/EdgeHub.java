package dev.edgehub.hub;

import dev.edgehub.config.HubConfig;
import dev.edgehub.deadletter.DeadLetterLimits;
import dev.edgehub.deadletter.DeadLetters;
import dev.edgehub.delivery.ParkedQueue;
import dev.edgehub.delivery.SinkDirectory;
import dev.edgehub.delivery.SinkStatus;
import dev.edgehub.manifest.Manifest;
import dev.edgehub.manifest.ManifestReader;
import dev.edgehub.manifest.ManifestResult;
import dev.edgehub.message.EdgeMessageId;
import dev.edgehub.message.SinkId;
import dev.edgehub.metrics.HubMeters;
import dev.edgehub.routing.RouteTable;
import dev.edgehub.routing.RouteTableResult;
import dev.edgehub.routing.RouteTarget;
import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.DocumentStore;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueStats;
import dev.edgehub.store.Removal;
import dev.edgehub.store.Store;
import dev.edgehub.thread.HubThreads;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub without any protocol: messages come in by {@link #publish}, are routed, queued durably
 * and delivered to whatever is attached in {@link #sinks}. Any thread may use it.
 */
public final class EdgeHub implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EdgeHub.class);

  private final Store store;
  private final StoreWatch watch;
  private final HubMeters meters;
  private final InstantSource clock;
  private final DeadLetters deadLetters;
  private final SinkDirectory sinks;
  private final DetachedSinks detached;
  private final Conservation conservation = new Conservation();
  private final EdgeMessageId.Sequence ids;
  private volatile RouteTable routes = RouteTable.EMPTY;
  private volatile @Nullable String manifestProblem;
  private volatile @Nullable String manifestFileProblem;

  /**
   * A hub without routes; queues left by an earlier run wait for {@link #apply}.
   *
   * @param store open, with {@code watch} as its listener
   */
  public EdgeHub(
      HubConfig config,
      Store store,
      StoreWatch watch,
      HubMeters meters,
      HubThreads threads,
      InstantSource clock,
      RandomGenerator random) {
    this.store = Objects.requireNonNull(store, "store");
    this.watch = watch;
    this.meters = meters;
    this.clock = clock;
    this.ids = new EdgeMessageId.Sequence(random);
    this.deadLetters =
        new DeadLetters(
            store.queues(),
            new DeadLetterLimits(config.limits().deadLetters(), config.limits().deadLetterBytes()),
            threads.sinks(),
            meters);
    this.detached = new DetachedSinks(store.documents());
    this.sinks =
        new SinkDirectory(
            store.queues(),
            deadLetters,
            threads.sinks(),
            threads.timer(),
            random,
            meters,
            config.delivery().moduleWindow(),
            config.delivery().upstreamWindow(),
            config.limits().poisonCloses());
    sinks.serve(Map.of());
    queues();
  }

  /** Begins a batch, routed by the routes in force now. */
  public PublishBatch newBatch() {
    return new PublishBatch(routes, meters, store.queues().nowMillis());
  }

  /** The id for a message that is being accepted. */
  public EdgeMessageId newMessageId() {
    return ids.next();
  }

  /**
   * Stores a batch. Batches of one caller are stored in the order of its calls.
   *
   * @param done told once what became of the batch: on the store's writer thread, or at once on the
   *     caller's when nothing had to be stored; must hand real work elsewhere
   */
  public void publish(PublishBatch batch, Consumer<PublishOutcome> done) {
    if (batch.isEmpty()) {
      done.accept(PublishOutcome.STORED);
      return;
    }
    store.queues().append(batch.entries(), outcome -> done.accept(publishOutcome(outcome)));
  }

  private static PublishOutcome publishOutcome(AppendOutcome outcome) {
    return switch (outcome) {
      case DURABLE -> PublishOutcome.STORED;
      case FULL -> PublishOutcome.FULL;
      case CLOSED -> PublishOutcome.CLOSED;
    };
  }

  /**
   * Puts a manifest's routes in force, all of them or none: a wrong manifest leaves the present
   * ones as they are. Messages already queued are not touched.
   *
   * @param json the manifest's bytes
   */
  public synchronized ApplyResult apply(byte[] json) { // one manifest after the other
    ManifestResult read = ManifestReader.read(json);
    if (read instanceof ManifestResult.Accepted accepted) {
      return apply(accepted.manifest());
    }
    return refused(((ManifestResult.Rejected) read).issues());
  }

  private ApplyResult apply(Manifest manifest) {
    RouteTableResult result = RouteTable.compile(manifest);
    if (result instanceof RouteTableResult.Compiled compiled) {
      // the queues are served before the first message can be put into them
      serve(compiled.table());
      routes = compiled.table();
      manifestProblem = null;
      return new ApplyResult(
          true, compiled.table().targets().size(), List.of(), compiled.warnings());
    }
    return refused(((RouteTableResult.Rejected) result).issues());
  }

  private ApplyResult refused(List<String> issues) {
    int inForce = routes.targets().size();
    manifestProblem =
        "the manifest was refused, "
            + inForce
            + " routes of the last good one are in force: "
            + issues.get(0).lines().findFirst().orElse("");
    return new ApplyResult(false, inForce, issues, List.of());
  }

  /** Tells why the manifest's file cannot be read; null when it can. */
  void manifestFile(@Nullable String problem) {
    manifestFileProblem = problem;
  }

  private void serve(RouteTable table) {
    Map<SinkId, Set<Integer>> routed = new HashMap<>();
    for (RouteTarget target : table.targets()) {
      routed.computeIfAbsent(target.sink(), sink -> new HashSet<>()).add(target.priority());
    }
    sinks.serve(routed);
    detached.serve(routed.keySet(), queuedSinks(), clock.millis());
  }

  private Set<SinkId> queuedSinks() {
    Set<SinkId> queued = new HashSet<>();
    for (QueueId queue : store.queues().queues()) {
      SinkId.parse(queue.sink()).ifPresent(queued::add);
    }
    return queued;
  }

  /** The routes in force. */
  public RouteTable routes() {
    return routes;
  }

  public SinkDirectory sinks() {
    return sinks;
  }

  /** Small durable records for the layers above. */
  public DocumentStore documents() {
    return store.documents();
  }

  public HubMeters meters() {
    return meters;
  }

  /** Every queue with its figures; also brings the queue meters up to date. May read the disk. */
  public List<QueueReport> queues() {
    List<QueueStats> stats = store.queues().stats();
    meters.queues(stats, clock.millis());
    conservation.check(stats);
    List<QueueReport> reports = new ArrayList<>();
    for (QueueStats queue : stats) {
      SinkId.parse(queue.queue().sink())
          .ifPresent(sink -> reports.add(report(queue, sink, sinks.status(sink))));
      ParkedQueue.of(queue.queue())
          .ifPresent(parked -> reports.add(report(queue, parked.sink(), sinks.status(parked))));
    }
    return reports;
  }

  private QueueReport report(QueueStats queue, SinkId sink, SinkStatus status) {
    return new QueueReport(queue, status, detached.sinceMillis(sink));
  }

  /** Messages that their sinks never take. */
  public DeadLetters deadLetters() {
    return deadLetters;
  }

  /**
   * Drops what waits for a sink, counted. What is under way goes when its attempt fails, and is
   * delivered when it does not.
   *
   * @param priority only this one; empty: all
   * @param done told once how many messages were dropped, on any thread; must hand real work
   *     elsewhere
   * @return false when there is no such queue; then {@code done} is not told
   */
  public boolean purge(SinkId sink, OptionalInt priority, Consumer<Removal> done) {
    Set<Integer> priorities = new HashSet<>();
    for (QueueId queue : store.queues().queues()) {
      boolean wanted = priority.isEmpty() || priority.getAsInt() == queue.priority();
      if (queue.sink().equals(sink.name()) && wanted) {
        priorities.add(queue.priority());
      }
    }
    if (priorities.isEmpty()) {
      return false;
    }
    sinks.purge(
        sink,
        priorities,
        removal -> {
          log.info("A queue was purged by command sink={} messages={}", sink, removal.entries());
          meters.purged(removal.entries());
          done.accept(removal);
        });
    return true;
  }

  public HubHealth health() {
    List<String> problems = new ArrayList<>();
    String failed = watch.whyFailed();
    String full = watch.whyFull();
    String lost = watch.whatWasLost();
    String file = manifestFileProblem;
    String manifest = file != null ? file : manifestProblem;
    if (failed != null) {
      problems.add("the store has failed: " + failed);
    }
    if (full != null) {
      problems.add("the store is full: " + full);
    }
    String evicting = watch.whyEvicting();
    if (evicting != null) {
      problems.add("messages are evicted to make room: " + evicting);
    }
    problems.addAll(watch.fullQueues());
    if (lost != null) {
      problems.add(lost);
    }
    if (manifest != null) {
      problems.add(manifest);
    }
    HubHealth.Status status =
        failed != null
            ? HubHealth.Status.FAILED
            : problems.isEmpty() ? HubHealth.Status.OK : HubHealth.Status.DEGRADED;
    return new HubHealth(status, problems);
  }

  /** Stops delivering. The store is closed by its owner, after this. */
  @Override
  public void close() {
    sinks.close();
  }
}
