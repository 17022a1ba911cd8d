package dev.edgehub.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The loss reports of a store, in the store: the latest {@value #KEPT} of them. What they add up to
 * stays in the heads of the queues for ever. Writer thread only, or before it starts.
 */
final class LossJournal {

  static final int KEPT = 200;

  private int next;

  private LossJournal(int next) {
    this.next = next;
  }

  /** Finds the place of the next report. */
  static LossJournal of(Database database) {
    return database.scan(
        Family.META,
        cursor -> {
          int next = 0;
          byte[] prefix = KeyLayout.losses();
          for (cursor.seek(prefix);
              cursor.isValid() && KeyLayout.startsWith(cursor.key(), prefix);
              cursor.next()) {
            next = ByteBuffer.wrap(cursor.key()).getInt(1) + 1;
          }
          return new LossJournal(next);
        });
  }

  /** Every report that is kept, oldest first. */
  static List<LossReport> read(Database database) {
    return database.scan(
        Family.META,
        cursor -> {
          List<LossReport> reports = new ArrayList<>();
          byte[] prefix = KeyLayout.losses();
          for (cursor.seek(prefix);
              cursor.isValid() && KeyLayout.startsWith(cursor.key(), prefix);
              cursor.next()) {
            reports.add(decode(cursor.value()));
          }
          return reports;
        });
  }

  void add(LossReport report, Database database, WriteBatch batch) throws RocksDBException {
    batch.put(database.family(Family.META), KeyLayout.loss(next), encode(report));
    if (next >= KEPT) {
      batch.delete(database.family(Family.META), KeyLayout.loss(next - KEPT));
    }
    next++;
  }

  static byte[] encode(LossReport report) {
    byte[] cause = bytes(report.cause());
    byte[] quarantine = bytes(report.quarantine());
    byte[] remarks = bytes(String.join("\n", report.remarks()));
    int size = 8 + 4 + cause.length + 4 + quarantine.length + 4 + remarks.length + 4;
    for (LostRange part : report.lost()) {
      size += 4 + 4 + bytes(part.queue().sink()).length + 16;
    }
    ByteBuffer out = Sealed.open(size).putLong(report.wallMillis());
    put(out, cause);
    put(out, quarantine);
    put(out, remarks);
    out.putInt(report.lost().size());
    for (LostRange part : report.lost()) {
      out.putInt(part.queue().priority());
      put(out, bytes(part.queue().sink()));
      out.putLong(part.range().from()).putLong(part.range().to());
    }
    return Sealed.close(out);
  }

  static LossReport decode(byte[] record) {
    String what = "a loss report";
    try {
      ByteBuffer in = Sealed.contents(record, what);
      long wallMillis = in.getLong();
      String cause = text(in);
      String quarantine = text(in);
      String remarks = text(in);
      List<LostRange> lost = new ArrayList<>();
      for (int i = in.getInt(); i > 0; i--) {
        int priority = in.getInt();
        QueueId queue = new QueueId(text(in), priority);
        lost.add(new LostRange(queue, new OffsetRange(in.getLong(), in.getLong())));
      }
      return new LossReport(
          wallMillis,
          cause,
          quarantine,
          lost,
          remarks.isEmpty() ? List.of() : List.of(remarks.split("\n")));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw Sealed.malformed(what, e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void put(ByteBuffer out, byte[] bytes) {
    out.putInt(bytes.length).put(bytes);
  }

  private static String text(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
