package dev.edgehub.deadletter;

import dev.edgehub.message.UnreadableMessageException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Dead letters to stored bytes and back. Layout, version 1, big-endian: version u8, cause u8, time
 * u64, attempts u32, priority u32, offset u64, time of its commit u64, deadline u64, length of the
 * reason u16, the reason in UTF-8, the entry as it was stored.
 */
final class DeadLetterCodec {

  private static final int VERSION = 1;
  private static final int FIXED_BYTES = 2 + 8 + 4 + 4 + 8 + 8 + 8 + 2;

  private DeadLetterCodec() {}

  static byte[] encode(DeadLetter letter) {
    byte[] why = letter.why().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(FIXED_BYTES + why.length + letter.stored().length)
        .put((byte) VERSION)
        .put((byte) letter.cause().number())
        .putLong(letter.atMillis())
        .putInt(letter.attempts())
        .putInt(letter.priority())
        .putLong(letter.offset())
        .putLong(letter.enqueuedMillis())
        .putLong(letter.deadlineMillis())
        .putShort((short) why.length)
        .put(why)
        .put(letter.stored())
        .array();
  }

  /**
   * Reads one back.
   *
   * @throws UnreadableMessageException when the bytes are of a newer version or no dead letter
   */
  static DeadLetter decode(byte[] bytes) throws UnreadableMessageException {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      int version = in.get();
      if (version != VERSION) {
        throw new UnreadableMessageException(
            "expected a dead letter of version " + VERSION + ", found version " + version);
      }
      DeadLetter.Cause cause = cause(in.get());
      long at = in.getLong();
      int attempts = in.getInt();
      int priority = in.getInt();
      long offset = in.getLong();
      long enqueued = in.getLong();
      long deadline = in.getLong();
      byte[] why = new byte[Short.toUnsignedInt(in.getShort())];
      in.get(why);
      byte[] stored = new byte[in.remaining()];
      in.get(stored);
      if (attempts < 0 || priority < 0) {
        throw new UnreadableMessageException("a dead letter has numbers that cannot be");
      }
      return new DeadLetter(
          cause,
          new String(why, StandardCharsets.UTF_8),
          at,
          attempts,
          priority,
          offset,
          enqueued,
          deadline,
          stored);
    } catch (BufferUnderflowException e) {
      throw new UnreadableMessageException("a dead letter of " + bytes.length + " bytes is cut");
    }
  }

  private static DeadLetter.Cause cause(int number) throws UnreadableMessageException {
    for (DeadLetter.Cause cause : DeadLetter.Cause.values()) {
      if (cause.number() == number) {
        return cause;
      }
    }
    throw new UnreadableMessageException("a dead letter has an unknown cause: " + number);
  }
}
