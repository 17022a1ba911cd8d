package dev.edgehub.store;

import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** What the writer thread shares with readers, under every interleaving of a few steps of each. */
final class StoreLincheckTest {

  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(3)
        .actorsBefore(1)
        .actorsAfter(1)
        .iterations(5)
        .invocationsPerIteration(40);
  }

  @Test
  void aReaderSeesEachPublishedEntryOnceAndInOrder() {
    options().check(CursorAndPublish.class);
  }

  @Test
  void theWindowOfConfirmedOffsetsChangesAtOnce() {
    options().check(Window.class);
  }

  /** A reader in the tail, and the writer that publishes into it: the disk is never asked. */
  public static class CursorAndPublish {
    private final QueueState queue = new QueueState(new QueueId("sink", 0));
    private final BlockReader reader = new BlockReader(queue, null, null, null, 1 << 20, () -> {});
    private long next;

    public CursorAndPublish() {
      queue.attach(reader);
    }

    @Operation(nonParallelGroup = "writer")
    public void publish(@Param(gen = IntGen.class, conf = "1:3") int entries) {
      Group.Lane lane = new Group.Lane(queue);
      for (int i = 0; i < entries; i++) {
        lane.items.add(new AppendBatch.Item(queue.id(), AppendBatch.NEVER, new byte[] {(byte) i}));
      }
      lane.extents.add(new Block.Extent(next, entries, 100, AppendBatch.NEVER));
      next += entries;
      lane.next = next;
      lane.valueBytes = 100;
      lane.publish();
    }

    @Operation(nonParallelGroup = "reader")
    public List<Long> read(@Param(gen = IntGen.class, conf = "1:4") int maxEntries) {
      return reader.read(maxEntries, 1_000).stream().map(Entry::offset).toList();
    }

    @Operation
    public long committed() {
      return queue.committed();
    }
  }

  /** The confirmed ranges, and those who look at them. */
  public static class Window {
    private static final int END = 8;

    private final QueueState queue = new QueueState(new QueueId("sink", 0));

    public Window() {
      queue.appended(END, 100);
    }

    @Operation(nonParallelGroup = "writer")
    public long confirm(
        @Param(gen = IntGen.class, conf = "0:7") int from,
        @Param(gen = IntGen.class, conf = "1:3") int count) {
      return queue.confirm(from, Math.min(END, from + count), Disposition.DELIVERED);
    }

    @Operation
    public long nextOwed(@Param(gen = IntGen.class, conf = "0:7") int offset) {
      return queue.nextOwed(offset);
    }

    @Operation
    public long owed() {
      return queue.owedIn(0, END);
    }

    @Operation
    public List<Long> figures() {
      QueueStats stats = queue.stats(0);
      List<Long> figures = new ArrayList<>();
      figures.add(stats.left().delivered());
      figures.add(stats.depth());
      return figures;
    }
  }
}
