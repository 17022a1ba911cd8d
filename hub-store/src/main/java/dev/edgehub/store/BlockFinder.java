package dev.edgehub.store;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds where the blocks of confirmed offsets lie: among those handed to readers, else on the disk.
 * Writer thread only; it lets go of its cursor at the end of each turn.
 */
final class BlockFinder {

  private final Database database;
  private final ByteBuffer header = ByteBuffer.allocateDirect(BlockCodec.HEADER_BYTES);
  private @Nullable Cursor cursor;
  private int lookups;

  BlockFinder(Database database) {
    this.database = database;
  }

  /** How often the disk was asked since the last {@link #release}. */
  int lookups() {
    return lookups;
  }

  /**
   * The block that holds an offset that is still owed.
   *
   * @throws StoreException of kind {@code DAMAGED} when there is none
   */
  Block.Extent find(QueueState queue, long offset) {
    Block.Extent known = queue.handed(offset);
    return known != null ? known : onDisk(queue, offset).extent();
  }

  /**
   * The block that holds an offset that is still owed, and when it was committed.
   *
   * @throws StoreException of kind {@code DAMAGED} when there is none
   */
  Dated onDisk(QueueState queue, long offset) {
    Cursor open = cursor;
    if (open == null) {
      open = database.cursor(Family.BLOCK);
      cursor = open;
    }
    lookups++;
    byte[] wanted = KeyLayout.block(queue.number(), offset);
    open.seekForPrev(wanted);
    String what = BlockCodec.describe(queue.number(), offset);
    if (!open.isValid()) {
      throw Sealed.damaged(what, "is missing");
    }
    ByteBuffer key = ByteBuffer.wrap(open.key());
    if (key.remaining() != KeyLayout.BLOCK_KEY_BYTES || key.getInt() != queue.number()) {
      throw Sealed.damaged(what, "is missing");
    }
    long first = key.getLong();
    int valueBytes = open.value(header.clear());
    BlockCodec.Header found = BlockCodec.header(header.position(0), what);
    Block.Extent block = found.extent(first, valueBytes);
    if (block.end() <= offset) {
      throw Sealed.damaged(what, "is missing");
    }
    return new Dated(block, found.committedMillis());
  }

  /** A block and when it was committed, in the store's time. */
  record Dated(Block.Extent extent, long committedMillis) {}

  void release() {
    lookups = 0;
    Cursor open = cursor;
    if (open != null) {
      open.close();
      cursor = null;
    }
  }
}
