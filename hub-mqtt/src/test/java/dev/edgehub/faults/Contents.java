package dev.edgehub.faults;

import dev.edgehub.store.DocumentStore;
import dev.edgehub.store.Durability;
import dev.edgehub.store.Entry;
import dev.edgehub.store.QueueReader;
import dev.edgehub.store.QueueStats;
import dev.edgehub.store.Store;
import dev.edgehub.store.StoreListener;
import dev.edgehub.store.StoreOptions;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Everything a store holds, queue by queue in the order of {@link Scene#QUEUES}. */
record Contents(List<Queue> queues, Map<String, Long> documents) {

  /**
   * One queue.
   *
   * @param appended the figures, as the store gives them
   * @param gone all that has left, lost ones too
   * @param lost what the store says that it has lost
   * @param owed offset and id of each entry, as read; -1 for bytes that nobody appended
   */
  record Queue(long appended, long gone, long lost, long depth, List<long[]> owed) {}

  /** Entries that the store says it has lost. */
  long lost() {
    return queues.stream().mapToLong(Queue::lost).sum();
  }

  static StoreOptions options(Durability durability) {
    return new StoreOptions(durability, 0, 0, 20_000, InstantSource.system());
  }

  /** Opens the store in {@code directory} and reads all of it. */
  static Contents of(Path directory) {
    try (Store store = Store.open(directory, options(Durability.DISK), StoreListener.NONE)) {
      List<Queue> queues = new ArrayList<>();
      for (int i = 0; i < Scene.QUEUES.size(); i++) {
        queues.add(queue(store, i));
      }
      Map<String, Long> documents = new TreeMap<>();
      DocumentStore stored = store.documents();
      for (String name : Scene.DOCUMENTS) {
        byte[] version = stored.get(Scene.COLLECTION, name);
        documents.put(name, version == null ? -1 : ByteBuffer.wrap(version).getLong());
      }
      return new Contents(queues, documents);
    }
  }

  private static Queue queue(Store store, int index) {
    List<long[]> owed = new ArrayList<>();
    try (QueueReader reader = store.queues().reader(Scene.QUEUES.get(index), () -> {})) {
      for (List<Entry> some = reader.read(1_000, 1 << 20);
          !some.isEmpty();
          some = reader.read(1_000, 1 << 20)) {
        some.forEach(entry -> owed.add(new long[] {entry.offset(), Scene.id(entry.body())}));
      }
    }
    for (QueueStats stats : store.queues().stats()) {
      if (stats.queue().equals(Scene.QUEUES.get(index))) {
        return new Queue(
            stats.appended(), stats.left().total(), stats.left().lost(), stats.depth(), owed);
      }
    }
    return new Queue(0, 0, 0, 0, owed);
  }

  // ---- from a process that sees the directory to one that does not

  /** Prints the contents of the store in a directory. */
  public static void main(String[] arguments) {
    of(Path.of(arguments[0])).print(System.out);
  }

  private void print(PrintStream out) {
    for (Queue queue : queues) {
      out.printf(
          "queue %d %d %d %d%n", queue.appended(), queue.gone(), queue.lost(), queue.depth());
      queue.owed().forEach(entry -> out.println("entry " + entry[0] + " " + entry[1]));
    }
    documents.forEach((name, version) -> out.println("document " + name + " " + version));
    out.println("end");
  }

  /** What {@link #main} printed. */
  static Contents parse(String printed) {
    if (!printed.endsWith("end")) {
      throw new AssertionError("the store could not be read: " + printed);
    }
    List<Queue> queues = new ArrayList<>();
    Map<String, Long> documents = new TreeMap<>();
    for (String line : printed.lines().toList()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "queue" ->
            queues.add(
                new Queue(
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[4]),
                    new ArrayList<>()));
        case "entry" ->
            queues
                .get(queues.size() - 1)
                .owed()
                .add(new long[] {Long.parseLong(words[1]), Long.parseLong(words[2])});
        case "document" -> documents.put(words[1], Long.valueOf(words[2]));
        default -> {
          if (!line.equals("end")) {
            throw new AssertionError("the store could not be read: " + printed);
          }
        }
      }
    }
    return new Contents(queues, documents);
  }
}
