package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Files of a store are damaged, one at a time: each acknowledged entry is there as it was, or named
 * as lost. {@code -Dhub.damages=500} does more of it.
 */
final class StoreDamageTest {

  private static final int DAMAGES = Integer.getInteger("hub.damages", 60);

  private static final List<String> KINDS =
      List.of(
          ".log",
          ".sst",
          "CURRENT",
          "FORMAT",
          "IDENTITY",
          "LOCK",
          "MANIFEST",
          "OPTIONS",
          "high-water",
          "lock",
          "notes that nobody reads");

  private static final List<String> DATA = List.of(".sst", ".log", "MANIFEST");

  private final Random random = Seed.random("StoreDamageTest");

  @TempDir Path directory;

  @Test
  @Timeout(3_600)
  void losesNothingInSilence() throws IOException {
    DamageModel model = model();
    Map<String, Integer> costs = new TreeMap<>();
    for (int i = 0; i < DAMAGES; i++) {
      Path copy = directory.resolve("damaged" + i);
      model.copyTo(copy);
      FileDamage damage = new FileDamage(copy, random);
      // what holds data is worth more tries than what does not
      List<String> kinds = random.nextInt(2) == 0 ? DATA : damage.kinds();
      int dice = random.nextInt(10);
      FileDamage.Blow blow =
          dice == 0
              ? FileDamage.Blow.DELETE
              : dice < 4 ? FileDamage.Blow.CUT : FileDamage.Blow.FLIP;
      String what = i + ": " + damage.strike(kinds.get(random.nextInt(kinds.size())), blow);
      costs.merge(check(model, copy, what), 1, Integer::sum);
    }
    System.out.println("what " + DAMAGES + " damages cost: " + costs);
    assertEquals(3, costs.size(), "too tame to show anything: " + costs);
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void losesNothingInSilenceWhicheverKindOfFileIsDamaged(String kind) throws IOException {
    DamageModel model = model();
    for (FileDamage.Blow blow : FileDamage.Blow.values()) {
      Path copy = directory.resolve("damaged by " + blow);
      model.copyTo(copy);
      check(model, copy, new FileDamage(copy, random).strike(kind, blow));
    }
  }

  @Test
  void knowsEveryKindOfFile() throws IOException {
    model();

    assertEquals(KINDS, new FileDamage(directory.resolve("template"), random).kinds());
  }

  private DamageModel model() throws IOException {
    NativeLibrary.load(Files.createDirectories(directory.resolve("native")));
    return new DamageModel(directory.resolve("template"), random);
  }

  private static String check(DamageModel model, Path copy, String what) throws IOException {
    long start = System.nanoTime();
    String cost;
    try {
      if (what.contains("FORMAT")) {
        repairUnreadableFormat(copy);
      }
      cost = model.check(copy);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("damage " + what + ": " + e.getMessage(), e);
    }
    if (Boolean.getBoolean("hub.damages.list")) {
      System.out.println(what + ": " + cost);
    }
    long seconds = (System.nanoTime() - start) / 1_000_000_000L;
    assertTrue(seconds < 30, "took " + seconds + " s: " + what);
    delete(copy);
    return cost;
  }

  /** A flipped bit can make it the name of a later format, which only a person can contradict. */
  private static void repairUnreadableFormat(Path copy) {
    try {
      OpenStore.at(copy).close();
    } catch (StoreException refused) {
      assertEquals(StoreException.Kind.OTHER_FORMAT, refused.kind());
      StoreDoctor.repair(copy, StoreOptions.defaults(), progress -> {});
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
