/**
 * Durable queues of bytes, and small documents beside them. {@link dev.edgehub.store.Store#open} is
 * the way in.
 *
 * <h2>Constraints</h2>
 *
 * <ul>
 *   <li>An acknowledged entry survives what its durability names: it is there after a restart until
 *       somebody confirms it. Repeating an entry is allowed, losing one is not.
 *   <li>A batch is in all its queues or in none.
 *   <li>{@code appended = left + depth} holds for each queue at all times and across restarts; a
 *       queue's offsets have no gaps and are never used twice.
 *   <li>Opening takes time by the number of queues, never by what they hold.
 *   <li>A damaged store is refused, never replaced by an empty one.
 *   <li>Memory is bounded: by tail, block and group, not by backlog.
 *   <li>A body is bytes. What they mean is not known here, so no body can break a queue.
 * </ul>
 *
 * <h2>Layout</h2>
 *
 * One RocksDB database; {@code docs/FORMAT.md} has the bytes. A commit puts one <i>block</i> per
 * queue, holding all its entries of that commit, under the queue's number and the first offset. Two
 * records per queue stand beside the blocks: the <i>tail</i> says how far it goes, the <i>head</i>
 * what has left it, as a prefix and ranges above it, with a counter per reason. A record is always
 * in the same batch as the blocks that it speaks of.
 *
 * <h2>Operation</h2>
 *
 * A turn of the writer takes every command that waits, fills one batch, writes and syncs it, makes
 * it readable, and tells the callers. There is no delay to gather more: the next group is what came
 * during the sync. Confirms are counted at once and written with the next commit, or unsynced
 * within 50 ms if there is none. With nothing to do the writer parks, without a timer.
 *
 * <p>A reader takes the block at its cursor from the tail in memory when the writer has left it
 * there, else from the disk. Neither side depends on the other: everything below {@code
 * QueueState.committed} is on the disk first.
 *
 * <h2>Deletion</h2>
 *
 * A block is deleted by its key in the batch that persists the confirmation of its last entry,
 * wherever it lies. Blocks that readers were handed are known by heart; others, as a purge meets
 * them, are looked up, a bounded number each turn. Losing that batch loses the deletion and the
 * confirmation together: the entries are delivered again.
 *
 * <h2>Threads</h2>
 *
 * {@code hub-store-writer} owns every write, the offsets and the counters, and runs the callbacks,
 * which must not block. Readers, figures and document reads run on their callers' threads; they see
 * a queue's state through its monitor, held for a few instructions, and keep the database from
 * being closed under them by a read lock. A failed sync ends the writer: nothing is acknowledged
 * after it and everything is answered with {@code CLOSED}.
 */
@NullMarked
package dev.edgehub.store;

import org.jspecify.annotations.NullMarked;
