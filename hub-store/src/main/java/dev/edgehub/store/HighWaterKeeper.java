package dev.edgehub.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Keeps the high-water file: written after commits, synced at most once a second. The file has two
 * slots that take turns, so that a torn write leaves the other. Writer thread only; before it
 * starts and after its end whoever opens and closes the store.
 */
final class HighWaterKeeper {

  static final long EVERY_NANOS = 1_000_000_000L;

  private static final int MIN_SLOT_BYTES = 4096;

  private final SlotFile file;
  private final QueueDirectory directory;
  private final Path database;
  private final LongSupplier nanos;
  private long sequence;
  private int slotBytes;
  private int slot;
  private int numbersWritten;
  private boolean changed;
  private long due;
  // the list of files grows in the background: only what was seen a turn earlier is surely synced
  private String manifest = "";
  private long manifestBytes;

  HighWaterKeeper(
      SlotFile file, QueueDirectory directory, Path database, HighWater found, LongSupplier nanos) {
    this.file = file;
    this.directory = directory;
    this.database = database;
    this.nanos = nanos;
    sequence = found.sequence();
    due = nanos.getAsLong();
  }

  /** A commit has changed what the file should say. */
  void changed() {
    changed = true;
  }

  /** How long the writer may sleep before the next {@link #turn}; at most 0 when it is due. */
  long waitNanos() {
    return changed ? due - nanos.getAsLong() : Long.MAX_VALUE;
  }

  /** Writes when it is time to. A queue's first commit is written at once, to be synced later. */
  void turn() {
    if (!changed) {
      return;
    }
    try {
      if (due - nanos.getAsLong() <= 0) {
        write(true);
      } else if (directory.numbers() > numbersWritten) {
        write(false);
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void write(boolean sync) throws IOException {
    HighWater mark = snapshot();
    byte[] bytes = mark.toSlot(slotBytes);
    if (bytes.length > slotBytes) {
      replace(mark);
    } else {
      file.write((long) slot * slotBytes, ByteBuffer.wrap(bytes));
      if (sync) {
        file.sync();
      }
    }
    numbersWritten = directory.numbers();
    if (sync) {
      slot ^= 1; // an unsynced slot is written again: the other one is what a power cut leaves
      changed = false;
      due = nanos.getAsLong() + EVERY_NANOS;
    }
  }

  /** Writes a file whose two slots both say {@code mark}. */
  static void write(SlotFile file, HighWater mark) throws IOException {
    byte[] one = mark.toSlot(MIN_SLOT_BYTES);
    file.replace(ByteBuffer.allocate(2 * one.length).put(one).put(one).array());
  }

  /** Both slots anew; with room for twice as much. */
  private void replace(HighWater mark) throws IOException {
    int bytes = mark.toSlot(MIN_SLOT_BYTES).length;
    bytes = bytes == MIN_SLOT_BYTES ? bytes : 2 * bytes;
    byte[] one = mark.toSlot(bytes);
    file.replace(ByteBuffer.allocate(2 * bytes).put(one).put(one).array());
    slotBytes = bytes;
  }

  private void failed(IOException e) {
    if (String.valueOf(e.getMessage()).contains("No space left")) {
      due =
          nanos.getAsLong() + EVERY_NANOS; // it is only a copy: tried again while the disk is full
      return;
    }
    throw new StoreException(
        StoreException.Kind.IO,
        "writing the high-water file beside "
            + database
            + " failed: "
            + e.getMessage()
            + "; restart once the disk is well",
        e);
  }

  private HighWater snapshot() {
    List<HighWater.Queue> queues = directory.marks();
    String name = manifest;
    long bytes = manifestBytes;
    lookAtManifest();
    // one that has just been begun is not known to be synced; an old one is none
    return name.equals(manifest)
        ? new HighWater(++sequence, name, bytes, queues)
        : new HighWater(++sequence, "", 0, queues);
  }

  private void lookAtManifest() {
    try {
      String current =
          Files.readString(database.resolve("CURRENT"), StandardCharsets.US_ASCII).strip();
      manifestBytes = Files.size(database.resolve(current));
      manifest = current;
    } catch (IOException unknown) {
      manifest = "";
      manifestBytes = 0;
    }
  }

  /**
   * Writes both slots as they are at the end, the database being closed. What fails here costs only
   * the sharpness of the next opening's look.
   */
  void close() {
    try (file) {
      lookAtManifest();
      replace(snapshot());
    } catch (IOException ignored) {
      // the slots of a second ago are still there
    }
  }
}
