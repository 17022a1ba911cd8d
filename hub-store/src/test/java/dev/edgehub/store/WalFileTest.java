package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RocksDB's log as RocksDB itself wrote it, read without it. */
final class WalFileTest {

  private static final int COMMITS = 60;

  private final TreeSet<Long> blocks = new TreeSet<>();
  private final List<String> documents = new ArrayList<>();
  private Path log = Path.of("none");

  @TempDir Path directory;

  @BeforeEach
  void aLogThatCrossesItsBlocks() throws IOException {
    try (OpenStore store = OpenStore.at(directory)) {
      for (int i = 0; i < COMMITS; i++) {
        store.append(OpenStore.QUEUE, "x".repeat(i * 200));
      }
      store.put("sessions", "a", "1");
      store.append(OpenStore.QUEUE, "y".repeat(200_000));
      store.remove("sessions", "a");
    }
    try (Stream<Path> files = Files.list(directory.resolve("db"))) {
      log = files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
    }
  }

  private int read() throws IOException {
    blocks.clear();
    documents.clear();
    return WalFile.read(
        log,
        new WalFile.Records() {
          @Override
          public void put(int family, byte[] key, byte[] value) {
            if (family == Family.BLOCK.number() - 1) {
              blocks.add(KeyLayout.first(key));
              BlockCodec.decode(KeyLayout.queue(key), KeyLayout.first(key), value);
            } else if (family == Family.DOCUMENT.number() - 1) {
              documents.add("put " + KeyLayout.describeDocument(key));
            }
          }

          @Override
          public void delete(int family, byte[] key) {
            documents.add("delete " + KeyLayout.describeDocument(key));
          }
        });
  }

  @Test
  void findsEveryWriteOfALog() throws IOException {
    assertEquals(0, read());

    assertEquals(COMMITS + 1, blocks.size());
    assertEquals(
        List.of("put the document a of sessions", "delete the document a of sessions"), documents);
  }

  @Test
  void losesOneCommitForOneFlippedBit() throws IOException {
    Random random = Seed.random("WalFileTest");
    byte[] whole = Files.readAllBytes(log);
    int lost = 0;
    for (int i = 0; i < 200; i++) {
      byte[] flipped = whole.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(log, flipped);

      read();

      int missing = COMMITS + 1 - blocks.size();
      // a length that is wrong hides what follows in its block of 32 KiB
      assertTrue(missing <= 20, "lost " + missing);
      lost += missing;
    }
    assertTrue(lost < 400, "lost " + lost + " in all");
  }

  @Test
  void readsWhatIsThereOfALogThatWasCut() throws IOException {
    byte[] whole = Files.readAllBytes(log);
    for (int length = 0; length < whole.length; length += 4_999) {
      Files.write(log, java.util.Arrays.copyOf(whole, length));

      read();

      assertTrue(blocks.isEmpty() || blocks.last() + 1 == blocks.size(), "a gap: " + blocks);
    }
  }
}
