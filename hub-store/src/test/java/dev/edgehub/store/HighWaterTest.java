package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HighWaterTest {

  private final QueueDirectory queues = new QueueDirectory();
  private final AtomicLong nanos = new AtomicLong();
  private final Slots slots = new Slots();

  @TempDir Path directory;

  @BeforeEach
  void aQueueThatWasAppendedTo() {
    append("upstream", 5);
  }

  private void append(String sink, int entries) {
    QueueState queue = queues.of(new QueueId(sink, 3));
    if (!queue.hasNumber()) {
      queue.number(queues.newNumber());
    }
    queue.appended(queue.committed() + entries, 100L * entries);
  }

  private HighWaterKeeper keeper() {
    return new HighWaterKeeper(slots, queues, directory, HighWater.NONE, nanos::get);
  }

  @Test
  void readsWhatItWrote() {
    queues.of(new QueueId("upstream", 3)).confirm(1, 3, Disposition.EXPIRED);
    HighWaterKeeper keeper = keeper();
    keeper.changed();
    keeper.turn();

    HighWater.Queue seen = HighWater.latest(slots.bytes).queues().get(0);

    assertEquals(new QueueId("upstream", 3), seen.id());
    assertEquals(new TailRecord(5, 500), seen.tail());
    assertEquals(List.of(new OffsetRange(1, 3)), seen.head().above());
  }

  @Test
  void isWrittenAndSyncedAtMostOnceASecond() {
    HighWaterKeeper keeper = keeper();
    for (int i = 0; i < 99; i++) {
      append("upstream", 1);
      keeper.changed();
      keeper.turn();
      nanos.addAndGet(50_000_000);
    }

    assertEquals(5, slots.syncs);
    assertTrue(keeper.waitNanos() > 0);
    nanos.addAndGet(HighWaterKeeper.EVERY_NANOS);
    keeper.turn();
    assertEquals(104, next(0));
    assertEquals(Long.MAX_VALUE, keeper.waitNanos());
  }

  @Test
  void writesANewQueueAtOnce() {
    HighWaterKeeper keeper = keeper();
    keeper.changed();
    keeper.turn();
    append("module", 7);
    keeper.changed();
    keeper.turn();

    assertEquals(2, HighWater.latest(slots.bytes).queues().size());
    assertEquals(1, slots.syncs);
  }

  @Test
  void fallsBackToTheSlotBeforeAfterATornWrite() {
    HighWaterKeeper keeper = keeper();
    for (int i = 0; i < 3; i++) {
      append("upstream", 1);
      keeper.changed();
      keeper.turn();
      nanos.addAndGet(HighWaterKeeper.EVERY_NANOS);
    }
    assertEquals(8, next(0));

    slots.bytes[slots.lastWrite + 50] ^= 1;

    assertEquals(7, next(0));
  }

  @Test
  void growsWithTheQueues() {
    HighWaterKeeper keeper = keeper();
    for (int i = 0; i < 200; i++) {
      append("module/input" + i, 1);
      keeper.changed();
      keeper.turn();
    }

    assertEquals(201, HighWater.latest(slots.bytes).queues().size());
  }

  @Test
  void saysNothingWhenNeitherSlotCanBeRead() {
    assertTrue(HighWater.latest(new byte[0]).isNone());
    assertTrue(HighWater.latest(new byte[8192]).isNone());
    byte[] huge = new byte[8192];
    huge[0] = 0x7f;
    assertTrue(HighWater.latest(huge).isNone());
  }

  @Test
  void isTriedAgainWhenTheDiskIsFull() {
    HighWaterKeeper keeper = keeper();
    slots.failure = new IOException("No space left on device");
    keeper.changed();
    keeper.turn();
    assertEquals(0, slots.bytes.length);

    slots.failure = null;
    nanos.addAndGet(HighWaterKeeper.EVERY_NANOS);
    keeper.turn();

    assertEquals(5, next(0));
  }

  @Test
  void stopsTheStoreWhenTheDeviceFails() {
    HighWaterKeeper keeper = keeper();
    slots.failure = new IOException("Input/output error");
    keeper.changed();

    StoreException failed = assertThrows(StoreException.class, keeper::turn);

    assertEquals(StoreException.Kind.IO, failed.kind());
  }

  private long next(int queue) {
    return HighWater.latest(slots.bytes).queues().get(queue).tail().next();
  }

  /** A file in memory that can fail. */
  private static final class Slots implements SlotFile {
    byte[] bytes = {};
    int syncs;
    int lastWrite;
    @Nullable IOException failure;

    @Override
    public byte[] read() {
      return bytes;
    }

    @Override
    public void write(long at, ByteBuffer more) throws IOException {
      fail();
      lastWrite = (int) at;
      more.get(bytes, (int) at, more.remaining());
    }

    @Override
    public void sync() throws IOException {
      fail();
      syncs++;
    }

    @Override
    public void replace(byte[] whole) throws IOException {
      fail();
      bytes = whole;
      syncs++;
    }

    private void fail() throws IOException {
      IOException thrown = failure;
      if (thrown != null) {
        throw thrown;
      }
    }

    @Override
    public void close() {}
  }
}
