package dev.edgehub.store;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Appends and delivers until it is killed. Says {@code a id} once an entry is acknowledged, and
 * {@code d id} before it confirms one.
 */
final class CrashChild {

  private static final PrintStream OUT =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);

  private CrashChild() {}

  public static void main(String[] args) {
    long firstId = Long.parseLong(args[1]);
    Store store =
        Store.open(
            Path.of(args[0]), OpenStore.options(Durability.DISK, 0, 20_000), StoreListener.NONE);
    Thread sink = new Thread(() -> deliver(store.queues()));
    sink.setDaemon(true);
    sink.start();
    Semaphore room = new Semaphore(100);
    for (long id = firstId; true; id++) {
      room.acquireUninterruptibly();
      AppendBatch batch = new AppendBatch();
      byte[] body = ByteBuffer.allocate(100).putLong(id).array();
      batch.add(OpenStore.QUEUE, AppendBatch.NEVER, body);
      long acknowledged = id;
      store
          .queues()
          .append(
              batch,
              outcome -> {
                if (outcome == AppendOutcome.DURABLE) {
                  OUT.println("a " + acknowledged);
                }
                room.release();
              });
    }
  }

  /** Delivers nine of ten: the rest stays in the queue, and blocks stay partly confirmed. */
  private static void deliver(QueueStore queues) {
    Semaphore wake = new Semaphore(0);
    QueueReader reader = queues.reader(OpenStore.QUEUE, wake::release);
    while (true) {
      List<Entry> entries = reader.read(64, 1 << 20);
      if (entries.isEmpty()) {
        wake.acquireUninterruptibly();
      }
      List<OffsetRange> confirmed = new ArrayList<>();
      for (Entry entry : entries) {
        if (entry.offset() % 10 != 0) {
          OUT.println("d " + ByteBuffer.wrap(entry.body()).getLong());
          confirmed.add(new OffsetRange(entry.offset(), entry.offset() + 1));
        }
      }
      queues.confirm(OpenStore.QUEUE, confirmed, Disposition.DELIVERED);
    }
  }
}
