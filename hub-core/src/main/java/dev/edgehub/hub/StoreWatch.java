package dev.edgehub.hub;

import dev.edgehub.metrics.HubMeters;
import dev.edgehub.store.LossReport;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.StoreException;
import dev.edgehub.store.StoreListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers what the store told of itself, for health and log. Called on the writer thread. */
public final class StoreWatch implements StoreListener {

  private static final Logger log = LoggerFactory.getLogger(StoreWatch.class);

  private final HubMeters meters;
  private final Runnable onFailure;
  private final Map<QueueId, String> fullQueues = new ConcurrentHashMap<>();
  private volatile @Nullable String full;
  private volatile @Nullable String evicting;
  private volatile @Nullable String failed;
  private volatile @Nullable LossTally losses;

  /**
   * Watches.
   *
   * @param onFailure called once when the store has failed for good; must not block
   */
  public StoreWatch(HubMeters meters, Runnable onFailure) {
    this.meters = meters;
    this.onFailure = onFailure;
  }

  @Override
  public void committed(int entries, long bytes, long commitNanos) {
    meters.committed(entries, bytes, commitNanos);
  }

  @Override
  public void full(String why) {
    full = why;
    log.warn("The store is full; messages are held until there is space again why=\"{}\"", why);
  }

  @Override
  public void spaceReturned() {
    full = null;
    log.info("The store has space again");
  }

  @Override
  public void evicting(String why) {
    evicting = why;
    log.warn("The store is full; messages are evicted to make room why=\"{}\"", why);
  }

  @Override
  public void evicted(QueueId queue, long entries, long bytes) {
    meters.evicted(queue, entries, bytes);
  }

  @Override
  public void evictionEnded(long entries, long bytes) {
    evicting = null;
    log.info("The store has room without evicting evicted={} bytes={}", entries, bytes);
  }

  @Override
  public void queueFull(QueueId queue, String why) {
    fullQueues.put(queue, why);
    log.warn("A queue is full why=\"{}\"", why);
  }

  @Override
  public void queueSpaceReturned(QueueId queue, long evicted) {
    fullQueues.remove(queue);
    log.info("A queue has room again queue=\"{}\" evicted={}", queue, evicted);
  }

  @Override
  public void salvaging(String progress) {
    log.warn("The store is damaged; what can be read is salvaged progress=\"{}\"", progress);
  }

  @Override
  public void lost(LossReport report) {
    losses = LossTally.with(losses, report);
    log.error(
        "The store was damaged: {} entries are lost lost={} cause=\"{}\" quarantine={} remarks={}",
        report.entries(),
        report.lost(),
        report.cause(),
        report.quarantine().isEmpty() ? "none" : report.quarantine(),
        report.remarks());
  }

  @Override
  public void clockStepped(long stepMillis) {
    log.warn(
        "The wall clock was stepped; messages keep the time they had left stepMillis={}",
        stepMillis);
  }

  @Override
  public void failed(StoreException failure) {
    failed = failure.getMessage();
    log.error("The store has failed; nothing is acknowledged any more and the hub stops", failure);
    onFailure.run();
  }

  /**
   * What damage to the store's files has cost in this run, one sentence; null when there was none.
   */
  @Nullable String whatWasLost() {
    LossTally known = losses;
    return known == null ? null : known.sentence();
  }

  /** Why writes are refused, or null. */
  @Nullable String whyFull() {
    return full;
  }

  /** Why messages are evicted, or null. */
  @Nullable String whyEvicting() {
    return evicting;
  }

  /** Why single queues take nothing more or evict, a sentence each. */
  List<String> fullQueues() {
    return List.copyOf(fullQueues.values());
  }

  /** Why the store failed, or null. */
  @Nullable String whyFailed() {
    return failed;
  }
}
