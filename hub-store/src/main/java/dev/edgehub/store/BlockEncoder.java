package dev.edgehub.store;

import java.nio.ByteBuffer;

/**
 * Writes blocks into one direct buffer that is used again and again, so that a message costs a copy
 * of its bytes and nothing else. One thread.
 */
final class BlockEncoder {

  /** Around this size a block ends and the next begins, so that readers need little memory. */
  static final int SPLIT_BYTES = 256 << 10;

  private static final int KEPT_BYTES = 1 << 20;

  private ByteBuffer value = ByteBuffer.allocateDirect(SPLIT_BYTES);
  private int count;
  private long minDeadline;
  private long maxDeadline;

  BlockEncoder() {
    begin();
  }

  private void begin() {
    if (value.capacity() > KEPT_BYTES) {
      value = ByteBuffer.allocateDirect(SPLIT_BYTES);
    }
    value.clear().position(BlockCodec.HEADER_BYTES);
    count = 0;
    minDeadline = Long.MAX_VALUE;
    maxDeadline = Long.MIN_VALUE;
  }

  /** Whether the block should end before an entry of this length. */
  boolean isFullFor(int bodyBytes) {
    int size = value.position() + BlockCodec.ENTRY_BYTES + BlockCodec.CRC_BYTES;
    return count > 0 && (long) size + bodyBytes > SPLIT_BYTES;
  }

  void add(long deadlineMillis, byte[] body) {
    reserve(BlockCodec.ENTRY_BYTES + body.length + BlockCodec.CRC_BYTES);
    value.putLong(deadlineMillis).putInt(body.length).put(body);
    minDeadline = Math.min(minDeadline, deadlineMillis);
    maxDeadline = Math.max(maxDeadline, deadlineMillis);
    count++;
  }

  int count() {
    return count;
  }

  /** The earliest deadline of the block at hand. */
  long earliest() {
    return minDeadline;
  }

  /** The finished value, valid until {@link #restart}. */
  ByteBuffer finish(int queue, long first, long committedMillis) {
    int end = value.position();
    value.position(0);
    value.put(BlockCodec.VERSION).putInt(count).putLong(minDeadline).putLong(maxDeadline);
    value.putLong(committedMillis);
    value.position(end).limit(end);
    int crc = BlockCodec.crc(queue, first, value);
    value.limit(end + BlockCodec.CRC_BYTES);
    value.putInt(crc);
    return value.flip();
  }

  /** Forgets the block at hand. */
  void restart() {
    begin();
  }

  private void reserve(int bytes) {
    if (value.remaining() >= bytes) {
      return;
    }
    int wanted = Math.addExact(value.position(), bytes);
    ByteBuffer larger = ByteBuffer.allocateDirect(wanted);
    larger.put(value.flip());
    value = larger;
  }
}
