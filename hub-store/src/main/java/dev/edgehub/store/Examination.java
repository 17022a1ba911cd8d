package dev.edgehub.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One look at a whole store, without changing it. */
final class Examination {

  private static final long TELL_EVERY_BLOCKS = 50_000;

  private final StoreDirectory directory;
  private final Consumer<String> progress;
  private final List<String> problems = new ArrayList<>();
  private final Map<Integer, List<String>> byQueue = new HashMap<>();
  private final List<DoctorReport.QueueCheck> queues = new ArrayList<>();
  private List<LossReport> losses = List.of();
  private long documents;
  private long blocks;

  Examination(StoreDirectory directory, Consumer<String> progress) {
    this.directory = directory;
    this.progress = progress;
  }

  DoctorReport run() throws IOException {
    byte[] marks;
    try (SlotFile slots = directory.highWater()) {
      marks = slots.read();
    }
    HighWater mark = HighWater.latest(marks);
    if (marks.length > 0 && mark.isNone()) {
      problems.add("the high-water file cannot be read");
    }
    files(mark);
    try (Database database =
        Database.openReadOnly(directory.database(), directory.quarantine().notes())) {
      progress.accept("checking the tables");
      database.verifyTables(problems::add);
      contents(database, mark);
    } catch (StoreException e) {
      problems.add(StoreException.withoutAdvice(e));
      unread(mark);
    }
    directory.quarantine().clear();
    queues.sort(
        Comparator.comparing((DoctorReport.QueueCheck check) -> check.queue().sink())
            .thenComparing(check -> check.queue().priority()));
    return new DoctorReport(queues, documents, problems, losses, null);
  }

  private void files(HighWater mark) {
    if (directory.quarantine().isUnfinished()) {
      problems.add("a salvage was interrupted; the next start or --repair completes it");
    }
    try {
      StoreDirectory.State state = directory.state(mark);
      if (directory.hasOtherFormat()) {
        problems.add("the FORMAT file does not name a format");
      }
      if (state == StoreDirectory.State.HEADLESS) {
        problems.add("the database has no CURRENT file");
      }
    } catch (StoreException e) {
      boolean vouched = e.kind() == StoreException.Kind.OTHER_FORMAT && !mark.isNone();
      if (e.kind() != StoreException.Kind.DAMAGED && !vouched) {
        throw e;
      }
      problems.add(
          StoreException.withoutAdvice(e)
              + (vouched ? ", but the high-water file is of format " + StoreDirectory.FORMAT : ""));
    }
    if (directory.isSuspect()) {
      problems.add("the store was found damaged while it was in use");
    }
    String manifest = directory.shortManifest(mark);
    if (manifest != null) {
      problems.add("the store " + manifest);
    }
  }

  /** What is known without the database. */
  private void unread(HighWater mark) {
    for (HighWater.Queue queue : mark.queues()) {
      queues.add(
          new DoctorReport.QueueCheck(
              queue.id(),
              0,
              0,
              queue.tail().next(),
              queue.head().prefix(),
              queue.head().left().lost(),
              List.of("not read: the database cannot be opened")));
    }
  }

  private void contents(Database database, HighWater mark) {
    QueueDirectory directory = new QueueDirectory();
    directory.load(database);
    losses = LossJournal.read(database);
    progress.accept("checking the documents");
    documents(database);
    for (HighWater.Queue seen : mark.queues()) {
      QueueState known = directory.adopt(seen.id(), seen.number());
      if (known == null) {
        problems.add("the high-water file knows " + seen.id() + " by another number");
      } else if (known.committed() < seen.tail().next()) {
        byQueue
            .computeIfAbsent(seen.number(), any -> new ArrayList<>())
            .add(
                "ends at "
                    + known.committed()
                    + ", the high-water file has seen "
                    + seen.tail().next());
      }
    }
    for (QueueState queue : directory.all()) {
      if (queue.hasNumber()) {
        progress.accept("checking queue " + queue.id().sink() + " " + queue.id().priority());
        queue(database, queue);
      }
    }
  }

  private void documents(Database database) {
    database.scan(
        Family.DOCUMENT,
        cursor -> {
          Walk walk = new Walk(cursor, Walk.TEXT_KEY_BYTES);
          for (boolean more = walk.seek(new byte[0]); more; more = walk.next()) {
            try {
              Sealed.contents(walk.value(), KeyLayout.describeDocument(walk.key()));
              documents++;
            } catch (StoreException e) {
              problems.add(StoreException.withoutAdvice(e));
            }
          }
          tell(walk);
          return true;
        });
  }

  private void queue(Database database, QueueState queue) {
    List<String> found = byQueue.computeIfAbsent(queue.number(), any -> new ArrayList<>());
    QueueMend mend = new QueueMend(queue.id(), queue.tail(), queue.head());
    long[] sums = new long[3];
    database.scan(
        Family.BLOCK,
        cursor -> {
          Walk walk = new Walk(cursor, KeyLayout.BLOCK_KEY_BYTES);
          for (boolean more = walk.seek(KeyLayout.block(queue.number(), 0));
              more && KeyLayout.queue(walk.key()) == queue.number();
              more = walk.next()) {
            try {
              Block block =
                  BlockCodec.decode(queue.number(), KeyLayout.first(walk.key()), walk.value());
              if (mend.keeps(block.extent())) {
                sums[0] += queue.owedIn(block.first(), block.end());
                sums[1] += block.valueBytes();
                sums[2] += ExpiryIndex.holds(database, queue, block) ? 0 : 1;
              }
            } catch (StoreException e) {
              found.add(StoreException.withoutAdvice(e));
            }
            if (++blocks % TELL_EVERY_BLOCKS == 0) {
              progress.accept(blocks + " blocks checked");
            }
          }
          return true;
        });
    for (LostRange lost : mend.finish().lost()) {
      found.add("offsets " + lost.range() + " cannot be read");
    }
    if (sums[2] > 0) {
      found.add(sums[2] + " blocks are missing from the expiry index: entries would expire late");
    }
    HeadRecord head = queue.head();
    queues.add(
        new DoctorReport.QueueCheck(
            queue.id(),
            sums[0],
            sums[1],
            queue.committed(),
            head.prefix(),
            head.left().lost(),
            found));
  }

  private void tell(Walk walk) {
    String trouble = walk.trouble();
    if (trouble != null) {
      problems.add(trouble);
    }
  }
}
