package dev.edgehub.message;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The id a message gets when the hub accepts it, kept through every redelivery so that a receiver
 * can drop duplicates: the hub's start, chosen at random, and a count.
 *
 * @param epoch one start of one hub
 * @param count from 1 within the epoch
 */
public record EdgeMessageId(long epoch, long count) {

  /** Hands out ids that no other start of any hub hands out. Any thread may use it. */
  public static final class Sequence {
    private final long epoch;
    private final AtomicLong count = new AtomicLong();

    public Sequence(RandomGenerator random) {
      epoch = random.nextLong();
    }

    public EdgeMessageId next() {
      return new EdgeMessageId(epoch, count.incrementAndGet());
    }
  }

  /** 16 hexadecimal digits, a dash, and the count in decimal. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(epoch) + "-" + count;
  }
}
