package dev.edgehub.store;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks records in the order of their keys and passes over what cannot be read. An unreadable part
 * of a table stops RocksDB's cursor; behind it, it works again: the first key behind it is found by
 * growing leaps and then by halving.
 */
final class Walk {

  /** For keys that are text: documents of one collection are told apart well within it. */
  static final int TEXT_KEY_BYTES = 64;

  private final Cursor cursor;
  private final int keyBytes;
  private byte[] key = {};
  private int holes;
  private @Nullable String trouble;

  /**
   * @param keyBytes how much of a key counts when leaping; longer keys may be leapt over together
   */
  Walk(Cursor cursor, int keyBytes) {
    this.cursor = cursor;
    this.keyBytes = keyBytes;
  }

  /** Goes to the first readable record at or after {@code from}; false when there is none. */
  boolean seek(byte[] from) {
    cursor.seek(from);
    return settle(from);
  }

  boolean next() {
    byte[] from = key;
    cursor.next();
    return settle(from);
  }

  byte[] key() {
    return key;
  }

  byte[] value() {
    return cursor.value();
  }

  /** How often something had to be passed over. */
  int holes() {
    return holes;
  }

  /** What the first of it was, or null. */
  @Nullable String trouble() {
    return trouble;
  }

  private boolean settle(byte[] from) {
    try {
      if (!cursor.isValid()) {
        return false;
      }
      key = cursor.key();
      return true;
    } catch (StoreException e) {
      holes++;
      if (trouble == null) {
        trouble = e.getMessage();
      }
      return leap(from);
    }
  }

  private boolean leap(byte[] from) {
    BigInteger start = new BigInteger(1, Arrays.copyOf(from, keyBytes));
    BigInteger bad = start;
    BigInteger good = start.add(BigInteger.ONE);
    while (!isReadable(good)) {
      bad = good;
      good = start.add(good.subtract(start).shiftLeft(1));
      if (good.bitLength() > 8 * keyBytes) {
        return false;
      }
    }
    while (good.subtract(bad).compareTo(BigInteger.ONE) > 0) {
      BigInteger middle = good.add(bad).shiftRight(1);
      if (isReadable(middle)) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    byte[] behind = bytes(good);
    cursor.seek(behind);
    return settle(behind);
  }

  private boolean isReadable(BigInteger probe) {
    cursor.seek(bytes(probe));
    try {
      cursor.isValid();
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  private byte[] bytes(BigInteger number) {
    byte[] digits = number.toByteArray();
    byte[] bytes = new byte[keyBytes];
    int length = Math.min(digits.length, keyBytes);
    System.arraycopy(digits, digits.length - length, bytes, keyBytes - length, length);
    return bytes;
  }
}
