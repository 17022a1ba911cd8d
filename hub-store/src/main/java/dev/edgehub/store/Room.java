package dev.edgehub.store;

/**
 * Finds room for appends by the store's policy: under the limits of their queues, under the quota,
 * and on the disk. Writer thread only.
 *
 * <p>What goes for a batch is written with it, unless it takes more than a turn to go. Nothing goes
 * for a batch that would not fit all the same.
 */
final class Room {

  private final WhenFull policy;
  private final QueueDirectory directory;
  private final DiskGuard disk;
  private final Admission admission;
  private final Eviction eviction;
  private final EvictionNews news;
  private final QueueLimits limits;
  private final DiskRelief relief;

  /** What is to be done with a batch. */
  enum Verdict {
    TAKE,
    REFUSE,
    /** Write what was gathered, then ask again. */
    ASK_AGAIN
  }

  Room(
      StoreOptions options,
      Database database,
      QueueDirectory directory,
      Confirmations confirmations,
      DiskGuard disk,
      Admission admission,
      Callbacks callbacks) {
    policy = options.whenFull();
    this.directory = directory;
    this.disk = disk;
    this.admission = admission;
    news = new EvictionNews(callbacks);
    eviction =
        new Eviction(policy, options.spared(), database, directory, confirmations, admission, news);
    limits = new QueueLimits(callbacks);
    relief = new DiskRelief(disk, eviction, news, admission);
  }

  /** Judges a batch that would join {@code group}, whose batches cost {@code gathered} bytes. */
  Verdict judge(AppendBatch batch, Group group, long gathered) {
    if (batch.size() == 0) {
      return Verdict.TAKE; // asks for a commit, which persists the clock, and for no room
    }
    if (policy == WhenFull.REJECT) {
      boolean fits = isUnderLimits(batch, group) && admission.admits(batch, gathered);
      return fits ? Verdict.TAKE : Verdict.REFUSE;
    }
    if (disk.isLow()) {
      relief.wanted(batch.leastImportant());
      admission.hold();
      return Verdict.REFUSE;
    }
    long needed = gathered + Admission.cost(batch);
    long over = admission.over(needed);
    if (over > 0 && over > eviction.evictable(batch.leastImportant())) {
      // what was gathered may go, too, once it is written
      return gathered > 0 ? Verdict.ASK_AGAIN : refuse(batch);
    }
    for (AppendBatch.Limit limit : batch.limits()) {
      Verdict verdict = makeRoom(batch, limit, group);
      if (verdict != Verdict.TAKE) {
        return verdict;
      }
    }
    over = admission.over(needed);
    if (over == 0) {
      return Verdict.TAKE;
    }
    news.begin(admission.describe());
    return verdict(eviction.free(over, batch.leastImportant()), batch);
  }

  private boolean isUnderLimits(AppendBatch batch, Group group) {
    for (AppendBatch.Limit limit : batch.limits()) {
      QueueState queue = directory.of(limit.queue());
      if (queue.bytes() + group.pending(queue) >= limit.maxBytes()) {
        limits.met(queue, limit.maxBytes(), "; nothing more is taken until it holds less");
        return false;
      }
    }
    return true;
  }

  private Verdict makeRoom(AppendBatch batch, AppendBatch.Limit limit, Group group) {
    QueueState queue = directory.of(limit.queue());
    long over = queue.bytes() + group.pending(queue) - (limit.maxBytes() - 1);
    if (over <= 0) {
      return Verdict.TAKE;
    }
    if (over > queue.bytes()) {
      return Verdict.ASK_AGAIN;
    }
    limits.met(queue, limit.maxBytes(), "; its oldest entries make room");
    return verdict(eviction.freeOf(queue, over), batch);
  }

  private Verdict verdict(Eviction.Result result, AppendBatch batch) {
    return switch (result) {
      case DONE -> Verdict.TAKE;
      case TURN_SPENT -> Verdict.ASK_AGAIN;
      case NOTHING_LEFT -> refuse(batch);
    };
  }

  private Verdict refuse(AppendBatch batch) {
    admission.refuse(Admission.cost(batch), admission.describe());
    return Verdict.REFUSE;
  }

  /** Takes the next step to get the disk out of its plight; while appends are refused. */
  void relieveDisk() {
    if (policy != WhenFull.REJECT) {
      relief.step();
    }
  }

  /** The incident is over. */
  void spaceReturned() {
    relief.reset();
  }

  /** Whether the next turn should not wait. */
  boolean isBusy() {
    return relief.isBusy();
  }

  /** What has left the queues has left the disk, too. */
  void compacted() {
    relief.compacted();
  }

  /** A commit has succeeded. */
  void written() {
    news.written();
    eviction.endTurn();
  }

  void endTurn() {
    eviction.endTurn();
    limits.look();
    if (news.isOn() && admission.isAtEase() && disk.isAtEase()) {
      news.end();
    }
  }

  /** Lets go of everything; the database is about to be closed. */
  void close() {
    eviction.endTurn();
  }
}
