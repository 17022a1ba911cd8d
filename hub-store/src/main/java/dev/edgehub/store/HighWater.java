package dev.edgehub.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A second copy of what must never go backwards, outside the database: for each queue its name and
 * records, and how long RocksDB's list of files was.
 *
 * @param sequence counts the copies; the higher is the later
 * @param manifest name of RocksDB's list of files, or empty when it was not seen
 * @param manifestBytes its length, which only grows
 */
record HighWater(long sequence, String manifest, long manifestBytes, List<Queue> queues) {

  /** Nothing known. */
  static final HighWater NONE = new HighWater(0, "", 0, List.of());

  /** Slots are whole pages: a torn write reaches one of them. */
  private static final int PAGE = 4096;

  HighWater {
    queues = List.copyOf(queues);
  }

  /** One queue at that moment. */
  record Queue(int number, QueueId id, TailRecord tail, HeadRecord head) {}

  /** The same of a database whose list of files is another one. */
  HighWater withoutManifest() {
    return new HighWater(sequence, "", 0, queues);
  }

  boolean isNone() {
    return sequence == 0;
  }

  /** The later of the two copies in a file, or {@link #NONE} when neither can be read. */
  static HighWater latest(byte[] file) {
    HighWater first = slot(file, 0);
    HighWater second = slot(file, file.length / 2);
    if (first == null || second == null) {
      HighWater only = first == null ? second : first;
      return only == null ? NONE : only;
    }
    return first.sequence >= second.sequence ? first : second;
  }

  private static @Nullable HighWater slot(byte[] file, int at) {
    if (file.length - at < Integer.BYTES) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(file).position(at);
    int length = in.getInt();
    if (length <= 0 || length > in.remaining()) {
      return null;
    }
    byte[] record = new byte[length];
    in.get(record);
    try {
      return decode(record);
    } catch (StoreException unreadable) {
      return null;
    }
  }

  /** A slot's worth of bytes, padded to whole pages, at least {@code minBytes}. */
  byte[] toSlot(int minBytes) {
    byte[] record = encode();
    int pages = (Integer.BYTES + record.length + PAGE - 1) / PAGE;
    return ByteBuffer.allocate(Math.max(pages * PAGE, minBytes))
        .putInt(record.length)
        .put(record)
        .array();
  }

  private byte[] encode() {
    List<byte[]> parts = new ArrayList<>();
    int size = 8 + 4 + 2 + manifest.length() + 8 + 4;
    for (Queue queue : queues) {
      byte[] part = encode(queue);
      parts.add(part);
      size += part.length;
    }
    ByteBuffer out = Sealed.open(size).putLong(sequence).putInt(StoreDirectory.FORMAT);
    out.putShort((short) manifest.length()).put(manifest.getBytes(StandardCharsets.US_ASCII));
    out.putLong(manifestBytes).putInt(parts.size());
    parts.forEach(out::put);
    return Sealed.close(out);
  }

  private static byte[] encode(Queue queue) {
    byte[] sink = queue.id.sink().getBytes(StandardCharsets.UTF_8);
    byte[] tail = queue.tail.encode();
    byte[] head = queue.head.encode();
    return ByteBuffer.allocate(4 + 4 + 4 + sink.length + 4 + tail.length + 4 + head.length)
        .putInt(queue.number)
        .putInt(queue.id.priority())
        .putInt(sink.length)
        .put(sink)
        .putInt(tail.length)
        .put(tail)
        .putInt(head.length)
        .put(head)
        .array();
  }

  private static HighWater decode(byte[] record) {
    String what = "the high-water file";
    try {
      ByteBuffer in = Sealed.contents(record, what);
      long sequence = in.getLong();
      if (in.getInt() != StoreDirectory.FORMAT) {
        throw Sealed.damaged(what, "is of another format");
      }
      String manifest = new String(bytes(in, in.getShort()), StandardCharsets.US_ASCII);
      long manifestBytes = in.getLong();
      List<Queue> queues = new ArrayList<>();
      for (int i = in.getInt(); i > 0; i--) {
        int number = in.getInt();
        int priority = in.getInt();
        QueueId id =
            new QueueId(new String(bytes(in, in.getInt()), StandardCharsets.UTF_8), priority);
        TailRecord tail = TailRecord.decode(bytes(in, in.getInt()), id.toString());
        HeadRecord head = HeadRecord.decode(bytes(in, in.getInt()), id.toString());
        queues.add(new Queue(number, id, tail, head));
      }
      return new HighWater(sequence, manifest, manifestBytes, queues);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw Sealed.malformed(what, e);
    }
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }
}
