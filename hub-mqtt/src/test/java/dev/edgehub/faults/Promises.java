package dev.edgehub.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a store has promised, from the lines that its process said: kept outside the reach of the
 * fault, and held against what the store holds afterwards.
 */
final class Promises {

  private final List<Queue> queues = new ArrayList<>();
  private final Map<String, Long> documents = new TreeMap<>();
  private long acknowledged;
  private long delivered;

  private static final class Queue {
    // what has been acknowledged or seen at an offset; no other id may ever stand there
    private final Map<Long, Long> idAt = new HashMap<>();
    private final Set<Long> promised = new HashSet<>();
    // said to be confirmed: may be there or not; an entry may be delivered before its append is
    // told
    private final Set<Long> taken = new HashSet<>();
  }

  Promises() {
    Scene.QUEUES.forEach(any -> queues.add(new Queue()));
  }

  /**
   * Notes a line of a process that works on the store: a kind, the moment, what it is about, and a
   * full stop. The kinds are {@code a}, entries that are acknowledged, and {@code d}, entries about
   * to be confirmed, each with queue, offset and id; and {@code v}, name and version of a document
   * that is acknowledged. Any other line is passed over.
   *
   * @param end what was said at this moment ({@link System#nanoTime}) or later was heard by nobody
   */
  void note(String line, long end) {
    List<String> words = List.of(line.split(" ", -1));
    if (!Set.of("a", "d", "v").contains(words.get(0))) {
      return;
    }
    if (!line.endsWith(" .") || Long.parseLong(words.get(1)) - end >= 0) {
      return; // cut off in the middle of a word, or too late
    }
    List<String> about = words.subList(2, words.size() - 1);
    if (line.startsWith("v")) {
      documents.merge(about.get(0), Long.valueOf(about.get(1)), Math::max);
      return;
    }
    for (int i = 0; i < about.size(); i += 3) {
      Queue queue = queues.get(Integer.parseInt(about.get(i)));
      long offset = Long.parseLong(about.get(i + 1));
      stands(queue, offset, Long.parseLong(about.get(i + 2)));
      if (line.startsWith("a")) {
        acknowledged++;
        if (!queue.taken.contains(offset)) {
          queue.promised.add(offset);
        }
      } else {
        delivered++;
        queue.promised.remove(offset);
        queue.taken.add(offset);
      }
    }
  }

  private static void stands(Queue queue, long offset, long id) {
    Long before = queue.idAt.put(offset, id);
    assertTrue(
        before == null || before == id,
        () -> "offset " + offset + " was used twice, for " + before + " and for " + id);
  }

  /** Entries acknowledged since the beginning. */
  long acknowledged() {
    return acknowledged;
  }

  /** Entries said to be confirmed since the beginning. */
  long delivered() {
    return delivered;
  }

  /**
   * Checks what was found against itself and against the promises, and returns how many
   * acknowledged entries and documents are missing. From then on what was found is what is
   * promised.
   */
  long missing(Contents found) {
    long missing = 0;
    for (int i = 0; i < queues.size(); i++) {
      missing += missing(queues.get(i), found.queues().get(i), "" + Scene.QUEUES.get(i));
    }
    for (Map.Entry<String, Long> document : documents.entrySet()) {
      missing += found.documents().get(document.getKey()) < document.getValue() ? 1 : 0;
    }
    documents.clear();
    documents.putAll(found.documents());
    return missing;
  }

  private static long missing(Queue queue, Contents.Queue found, String name) {
    assertEquals(found.depth(), found.owed().size(), "depth of " + name);
    assertEquals(found.appended(), found.gone() + found.depth(), "conservation in " + name);
    Map<Long, Long> now = new HashMap<>();
    long lastOffset = -1;
    long lastId = -1;
    for (long[] entry : found.owed()) {
      long offset = entry[0];
      long id = entry[1];
      assertTrue(id > lastId, () -> "order in " + name + ": at offset " + offset + " stands " + id);
      assertTrue(offset > lastOffset && offset < found.appended(), () -> name + " " + offset);
      now.put(offset, id);
      lastOffset = offset;
      lastId = id;
    }
    long missing = 0;
    for (long offset : queue.promised) {
      Long id = now.get(offset);
      missing += id == null ? 1 : 0;
      assertTrue(id == null || id.equals(queue.idAt.get(offset)), () -> name + " at " + offset);
    }
    if (missing > 0) { // only where losses are allowed: then offsets count from what is left
      queue.idAt.keySet().removeIf(offset -> offset >= found.appended());
    }
    now.forEach((offset, id) -> stands(queue, offset, id));
    queue.taken.clear();
    queue.promised.clear();
    queue.promised.addAll(now.keySet());
    return missing;
  }
}
