package dev.edgehub.store;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Blocks just committed that an open reader has not read yet: a reader that keeps up never goes to
 * the disk. Only a cache: what does not fit is left out and read from the disk in its turn, so
 * nothing depends on what is in here.
 */
final class Tail {

  private final int maxBytes;
  private final ArrayDeque<Block> blocks = new ArrayDeque<>();
  private int bytes;

  Tail(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  // synchronized: the writer thread adds, the reader takes; both hold it for a few instructions

  /** Whether a block of this size would be kept. */
  synchronized boolean hasRoom(int valueBytes) {
    return bytes + valueBytes <= maxBytes;
  }

  synchronized void add(Block block) {
    blocks.addLast(block);
    bytes += block.valueBytes();
  }

  /** Takes out the block that holds {@code offset}, or null; forgets the blocks before it. */
  synchronized @Nullable Block take(long offset) {
    for (Block first = blocks.peekFirst(); first != null; first = blocks.peekFirst()) {
      if (first.first() > offset) {
        return null;
      }
      blocks.removeFirst();
      bytes -= first.valueBytes();
      if (offset < first.end()) {
        return first;
      }
    }
    return null;
  }
}
