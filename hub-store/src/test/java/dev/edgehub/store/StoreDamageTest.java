package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of a store are damaged, one at a time: each acknowledged entry is there as it was, or named
 * as lost. {@code -Dhub.damages=500} does more of it.
 */
final class StoreDamageTest {

  private static final int DAMAGES = Integer.getInteger("hub.damages", 60);

  private static final List<String> DATA = List.of(".sst", ".log", "MANIFEST");

  @TempDir Path directory;

  @Test
  @Timeout(3_600)
  void losesNothingInSilence() throws IOException {
    Random random = Seed.random("StoreDamageTest");
    NativeLibrary.load(Files.createDirectories(directory.resolve("native")));
    DamageModel model = new DamageModel(directory.resolve("template"), random);
    Map<String, Integer> costs = new TreeMap<>();
    for (int i = 0; i < DAMAGES; i++) {
      Path copy = directory.resolve("damaged" + i);
      model.copyTo(copy);
      String what = damage(copy, random);
      long start = System.nanoTime();
      try {
        if (what.startsWith("FORMAT")) {
          repairUnreadableFormat(copy);
        }
        String cost = model.check(copy);
        costs.merge(cost, 1, Integer::sum);
        if (Boolean.getBoolean("hub.damages.list")) {
          System.out.println(what + ": " + cost);
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("damage " + i + ": " + what + ": " + e.getMessage(), e);
      }
      long seconds = (System.nanoTime() - start) / 1_000_000_000L;
      assertEquals(0, seconds / 30, "took " + seconds + " s: " + what);
      delete(copy);
    }
    System.out.println("what " + DAMAGES + " damages cost: " + costs);
    assertEquals(3, costs.size(), "too tame to show anything: " + costs);
  }

  /** A flipped bit can make it the name of a later format, which only a person can contradict. */
  private static void repairUnreadableFormat(Path copy) {
    try {
      OpenStore.at(copy).close();
    } catch (StoreException refused) {
      assertEquals(StoreException.Kind.NEWER, refused.kind());
      StoreDoctor.repair(copy, StoreOptions.defaults(), progress -> {});
    }
  }

  /** Says what it did. */
  private static String damage(Path copy, Random random) throws IOException {
    TreeMap<String, List<Path>> kinds = new TreeMap<>();
    try (Stream<Path> files = Files.walk(copy)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getParent().endsWith("native"))
          .sorted()
          .forEach(file -> kinds.computeIfAbsent(kind(file), any -> new ArrayList<>()).add(file));
    }
    List<String> names = List.copyOf(kinds.keySet());
    // what holds data is worth more tries than what does not
    String kind =
        random.nextInt(2) == 0
            ? DATA.get(random.nextInt(3))
            : names.get(random.nextInt(names.size()));
    List<Path> ofKind = kinds.getOrDefault(kind, kinds.get(".sst"));
    Path file = ofKind.get(random.nextInt(ofKind.size()));
    long size = Files.size(file);
    int dice = random.nextInt(10);
    if (dice == 0) {
      Files.delete(file);
      return copy.relativize(file) + " deleted";
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (dice < 4 && size > 0) {
        long length = (long) (random.nextDouble() * size);
        channel.truncate(length);
        return copy.relativize(file) + " cut from " + size + " to " + length;
      }
      if (size > 0) {
        long at = (long) (random.nextDouble() * size);
        int bit = random.nextInt(8);
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, at);
        one.put(0, (byte) (one.get(0) ^ (1 << bit)));
        channel.write(one.flip(), at);
        return copy.relativize(file)
            + " bit "
            + bit
            + " of byte "
            + at
            + " of "
            + size
            + " flipped";
      }
    }
    return copy.relativize(file) + " is empty anyway";
  }

  private static String kind(Path file) {
    String name = file.getFileName().toString();
    if (name.startsWith("LOG")) {
      return "notes that nobody reads";
    }
    return name.contains(".")
        ? name.substring(name.lastIndexOf('.'))
        : name.replaceAll("[-0-9]+$", "");
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
