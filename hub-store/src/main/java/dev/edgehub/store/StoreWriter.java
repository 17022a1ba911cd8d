package dev.edgehub.store;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. Each turn takes everything that waits, writes it as one group, and
 * tells the callers: the next group is what arrived during the last sync, so nobody is delayed for
 * the sake of grouping. With nothing to do it parks, without a timer.
 */
final class StoreWriter implements WriteCommand.WriterTurn {

  /** Bodies of one group: bounds the memory of a batch. */
  private static final long GROUP_BYTES = 4L << 20;

  /** How long confirms wait for a commit to go with. */
  private static final long CONFIRM_NANOS = 40_000_000L;

  private static final long LOOK_NANOS = 500_000_000L;

  private final Queue<WriteCommand> commands = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "hub-store-writer");
  private final Parking parking = new Parking(thread);
  private volatile boolean stopping;
  private volatile boolean ended;

  // ---- the writer thread's own
  private final Database database;
  private final QueueDirectory directory;
  private final StoreClock clock;
  private final ClockNews clockNews;
  private final DiskGuard disk;
  private final HighWaterKeeper highWater;
  private final Callbacks callbacks;
  private final Admission admission;
  private final Room room;
  private final SpaceReturn space;
  private final Confirmations confirmations;
  private final Losses losses;
  private final Group group;
  private final Intake intake;
  private final Queue<WriteCommand> deferred = new ArrayDeque<>();
  // neither in the queue nor in the group yet: not to be forgotten if taking it in fails
  private @Nullable WriteCommand inHand;
  private long confirmsDue;
  private boolean outOfSpace;
  private long lookDue;

  StoreWriter(
      Database database,
      QueueDirectory directory,
      StoreClock clock,
      DiskGuard disk,
      HighWaterKeeper highWater,
      StoreOptions options,
      StoreListener listener) {
    this.database = database;
    this.directory = directory;
    this.clock = clock;
    this.disk = disk;
    this.highWater = highWater;
    callbacks = new Callbacks(listener);
    clockNews = new ClockNews(clock, callbacks);
    admission = new Admission(options.maxBytes(), disk, directory.owedBytes(), callbacks);
    confirmations = new Confirmations(database);
    room = new Room(options, database, directory, confirmations, disk, admission, callbacks);
    space =
        new SpaceReturn(
            database,
            directory,
            admission,
            disk::nanos,
            found -> submit(new WriteCommand.Broken(found)));
    losses = new Losses(database);
    group = new Group(database, directory, confirmations, clock);
    intake = new Intake(room, group, callbacks);
  }

  void start() {
    thread.start();
  }

  // ---- called by any thread

  /** Hands a command over. After the end it is refused on the caller's own thread. */
  void submit(WriteCommand command) {
    commands.add(command);
    if (ended) {
      refuseAll();
      return;
    }
    parking.bring(command.isAwaited());
  }

  /** Completes what was handed over and ends the thread; waits for it. */
  void stop() {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("the store cannot be closed from one of its callbacks");
    }
    stopping = true;
    parking.awaitEnd();
  }

  private void refuseAll() {
    for (WriteCommand left = commands.poll(); left != null; left = commands.poll()) {
      callbacks.finish(left, AppendOutcome.CLOSED);
    }
  }

  // ---- the loop

  private void run() {
    @Nullable Throwable failure = null;
    try {
      boolean more = true;
      while (more) {
        more = turn();
      }
      confirmations.endTurn();
      room.endTurn();
      if (!outOfSpace && group.writeClock()) {
        database.flush();
      }
    } catch (Throwable thrown) { // the outermost turn: callers must hear of anything
      failure = thrown;
    }
    end(failure);
  }

  private void end(@Nullable Throwable failure) {
    ended = true;
    confirmations.endTurn();
    room.close();
    WriteCommand interrupted = inHand;
    if (interrupted != null) {
      callbacks.finish(interrupted, AppendOutcome.CLOSED);
    }
    for (WriteCommand unfinished : group.end().awaited()) {
      callbacks.finish(unfinished, AppendOutcome.CLOSED);
    }
    intake.finish(AppendOutcome.CLOSED);
    deferred.forEach(unfinished -> callbacks.finish(unfinished, AppendOutcome.CLOSED));
    refuseAll();
    group.close();
    if (failure != null) {
      StoreException told = StoreException.ofTheWriter(failure);
      if (told.kind() == StoreException.Kind.DAMAGED) {
        database.suspect();
      }
      callbacks.tell(listener -> listener.failed(told));
    }
    space.close();
  }

  /** One turn; false when the thread may end. */
  private boolean turn() {
    boolean last = stopping; // read first: what was handed over before it was set is drained below
    long now = System.nanoTime();
    drain();
    boolean overdue = last || now - confirmsDue >= 0;
    if (group.isAwaited()) {
      commit(true);
    } else if (confirmations.hasUnwritten() && overdue && !outOfSpace) {
      commit(false);
    }
    confirmations.endTurn();
    highWater.turn();
    lookForSpace(now);
    space.turn();
    room.endTurn();
    boolean idle =
        commands.isEmpty()
            && !intake.isWaiting()
            && (deferred.isEmpty() || outOfSpace)
            && (last || !room.isBusy());
    if (idle && last) {
      return outOfSpace ? false : confirmations.hasUnwritten();
    }
    if (idle) {
      park();
    }
    return true;
  }

  private void drain() {
    for (int i = deferred.size(); i > 0 && !outOfSpace; i--) {
      inHand = deferred.poll();
      if (inHand != null) {
        inHand.applyTo(this);
      }
    }
    inHand = null;
    boolean first = !confirmations.hasUnwritten();
    intake.resume(GROUP_BYTES);
    setDue(first);
    while (Math.max(intake.gathered(), group.bodyBytes()) < GROUP_BYTES) {
      inHand = commands.poll();
      if (inHand == null) {
        return;
      }
      inHand.applyTo(this);
    }
    inHand = null;
  }

  @Override
  public void append(WriteCommand.Append append) {
    if (outOfSpace) {
      callbacks.finish(append, AppendOutcome.FULL);
      return;
    }
    boolean first = !confirmations.hasUnwritten();
    intake.append(append);
    setDue(first);
  }

  /** What has left is written in a while, unless a commit comes before. */
  private void setDue(boolean first) {
    if (first && confirmations.hasUnwritten()) {
      confirmsDue = System.nanoTime() + CONFIRM_NANOS;
    }
  }

  @Override
  public void document(WriteCommand.Document document) {
    if (outOfSpace) {
      callbacks.finish(document, AppendOutcome.FULL);
      return;
    }
    group.add(document);
  }

  @Override
  public void confirm(WriteCommand.Confirm confirm) {
    if (outOfSpace) {
      deferred.add(confirm);
      return;
    }
    boolean first = !confirmations.hasUnwritten();
    admission.shrank(confirmations.apply(confirm));
    setDue(first);
    if (!confirm.ranges().isEmpty()) {
      deferred.add(confirm);
    } else if (confirm.tally() != null) {
      group.add(confirm);
    }
  }

  /** A commit of its own: nothing may come between looking at the entries and taking them out. */
  @Override
  public void move(WriteCommand.Move move) {
    if (!outOfSpace) { // else the database may be closed
      commit(group.isAwaited());
      confirmations.endTurn(); // it must see what has just been written
    }
    if (outOfSpace || !admission.admitsFromReserve(move.into())) {
      callbacks.finish(move, AppendOutcome.FULL);
      return;
    }
    Leaving leaving = confirmations.leaving(move);
    if (leaving == null) {
      callbacks.finish(move, MoveOutcome.GONE);
      return;
    }
    group.add(move, leaving);
    inHand = null;
    commit(true);
    confirmations.endTurn();
  }

  @Override
  public void expire(WriteCommand.Expire expire) {
    if (outOfSpace) {
      deferred.add(expire);
      return;
    }
    boolean first = !confirmations.hasUnwritten();
    admission.shrank(confirmations.apply(expire));
    setDue(first);
  }

  @Override
  public void lose(WriteCommand.Lose lose) {
    if (outOfSpace) {
      return; // the next reader meets it again
    }
    commit(group.isAwaited()); // the head must not count what is not written yet
    LossReport report = outOfSpace ? null : losses.record(lose, clock.now().wallMillis());
    if (report != null) {
      highWater.changed();
      admission.holds(directory.owedBytes());
      callbacks.tell(listener -> listener.lost(report));
    }
  }

  private void commit(boolean durable) {
    int entries = group.entries();
    long bodyBytes = group.bodyBytes();
    long start = System.nanoTime();
    boolean written = group.write(durable);
    long nanos = System.nanoTime() - start;
    intake.groupEnded();
    if (!written) {
      runOutOfSpace();
      return;
    }
    confirmations.written();
    confirmations.endTurn(); // its view of the disk is older than this commit
    room.written();
    highWater.changed();
    admission.grew(group.publish());
    Group.Done done = group.end();
    for (WriteCommand command : done.awaited()) {
      callbacks.finish(command, AppendOutcome.DURABLE);
    }
    for (QueueState queue : done.queues()) {
      BlockReader reader = queue.reader();
      if (reader != null) {
        callbacks.appended(reader);
      }
    }
    if (!done.awaited().isEmpty()) {
      callbacks.tell(listener -> listener.committed(entries, bodyBytes, nanos));
    }
    clockNews.look();
  }

  // ---- no space

  /** RocksDB takes no more writes after this: everything waits for a reopening. */
  private void runOutOfSpace() {
    outOfSpace = true;
    lookDue = System.nanoTime() + LOOK_NANOS;
    admission.refuse("the disk is full");
    for (WriteCommand command : group.end().awaited()) {
      if (command instanceof WriteCommand.Confirm removal) {
        deferred.add(removal); // done, and told once it is written
      } else {
        callbacks.finish(command, AppendOutcome.FULL);
      }
    }
    intake.finish(AppendOutcome.FULL);
  }

  private void lookForSpace(long now) {
    if (!admission.isFull()) {
      return;
    }
    if (!outOfSpace) {
      if (admission.look()) {
        room.spaceReturned();
        return;
      }
      if (!confirmations.hasUnwritten() && admission.wantsReclaim()) {
        database.reclaim(directory.left());
        room.compacted();
      }
      boolean first = !confirmations.hasUnwritten();
      room.relieveDisk();
      setDue(first);
      return;
    }
    if (now - lookDue >= 0) {
      lookDue = now + LOOK_NANOS;
      if (disk.canReopen() && database.reopen()) {
        outOfSpace = false;
        LossReport report = new LostTails(database, directory).reload(clock.now().wallMillis());
        if (report != null) {
          callbacks.tell(listener -> listener.lost(report));
        }
        highWater.changed();
        admission.holds(directory.owedBytes());
        admission.look();
      }
    }
  }

  // ---- parking

  private void park() {
    boolean confirmsWait = confirmations.hasUnwritten() && !outOfSpace;
    long doze = admission.isFull() ? LOOK_NANOS : Long.MAX_VALUE;
    if (confirmsWait) {
      doze = Math.min(doze, confirmsDue - System.nanoTime());
    }
    doze = Math.min(doze, Math.min(highWater.waitNanos(), space.waitNanos()));
    if (doze <= 0) {
      return;
    }
    // a confirm need not wake it while earlier ones wait for theirs
    parking.park(doze, confirmsWait, () -> commands.isEmpty() && !stopping);
  }
}
