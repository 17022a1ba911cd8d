package dev.edgehub.store;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Goes through the blocks of a database by their headers, without their entries. */
final class BlockHeaders {

  private BlockHeaders() {}

  /** Each readable block of a queue, in the order of offsets. */
  static void each(Database database, int queue, Consumer<Block.Extent> visitor) {
    database.scan(
        Family.BLOCK,
        cursor -> {
          ByteBuffer header = ByteBuffer.allocateDirect(BlockCodec.HEADER_BYTES);
          Walk walk = new Walk(cursor, KeyLayout.BLOCK_KEY_BYTES);
          for (boolean more = walk.seek(KeyLayout.block(queue, 0));
              more && KeyLayout.queue(walk.key()) == queue;
              more = walk.next()) {
            long first = KeyLayout.first(walk.key());
            int valueBytes = cursor.value(header.clear());
            String what = BlockCodec.describe(queue, first);
            visitor.accept(BlockCodec.header(header.position(0), what).extent(first, valueBytes));
          }
          return true;
        });
  }

  /** The numbers of all queues that have blocks. */
  static Set<Integer> queues(Database database) {
    return database.scan(
        Family.BLOCK,
        cursor -> {
          Set<Integer> numbers = new HashSet<>();
          Walk walk = new Walk(cursor, KeyLayout.BLOCK_KEY_BYTES);
          boolean more = walk.seek(KeyLayout.block(0, 0));
          while (more) {
            int number = KeyLayout.queue(walk.key());
            numbers.add(number);
            more = walk.seek(KeyLayout.block(number, -1L));
          }
          return numbers;
        });
  }
}
