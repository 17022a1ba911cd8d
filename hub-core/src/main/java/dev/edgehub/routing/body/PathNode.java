package dev.edgehub.routing.body;

import dev.edgehub.lang.eval.BodyPath;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A place in the body that some path ends at or goes through. Names are found by binary search: no
 * choice of names, be it of routes or of bodies, makes that slow. Grows, then is {@linkplain #fix
 * fixed}, then is read by any number of threads.
 */
final class PathNode {

  private final int number;
  private final @Nullable PathNode parent;
  private final Map<String, PathNode> members = new HashMap<>();
  private final TreeMap<Integer, PathNode> elements = new TreeMap<>();

  private byte[][] names = {};
  private PathNode[] named = {};
  private int[] positions = {};
  private PathNode[] placed = {};

  PathNode(int number, @Nullable PathNode parent) {
    this.number = number;
    this.parent = parent;
  }

  /** Counted over all nodes of a tree, from 0 for the root. */
  int number() {
    return number;
  }

  /** The node above, or null above the root. */
  @Nullable PathNode parent() {
    return parent;
  }

  /** The node one step below, made and added to {@code all} if there is none yet. */
  PathNode grow(BodyPath.Step step, List<PathNode> all) {
    PathNode child =
        step instanceof BodyPath.Member member
            ? members.get(member.name())
            : elements.get(((BodyPath.Element) step).index());
    if (child != null) {
      return child;
    }
    PathNode made = new PathNode(all.size(), this);
    all.add(made);
    if (step instanceof BodyPath.Member member) {
      members.put(member.name(), made);
    } else {
      elements.put(((BodyPath.Element) step).index(), made);
    }
    return made;
  }

  /** Ends the growth. */
  void fix() {
    Map<byte[], PathNode> byName = new TreeMap<>(Arrays::compareUnsigned);
    CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
    members.forEach(
        (name, child) -> {
          if (encoder.canEncode(name)) { // half a surrogate pair can only be given by an escape
            byName.put(name.getBytes(StandardCharsets.UTF_8), child);
          }
        });
    names = byName.keySet().toArray(new byte[0][]);
    named = byName.values().toArray(new PathNode[0]);
    positions = elements.keySet().stream().mapToInt(Integer::intValue).toArray();
    placed = elements.values().toArray(new PathNode[0]);
  }

  /** The child for a name. */
  @Nullable PathNode member(String name) {
    return members.get(name);
  }

  /** The child for a name in UTF-8, from {@code start} to {@code end} exclusive. */
  @Nullable PathNode member(byte[] bytes, int start, int end) {
    int low = 0;
    int high = names.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      byte[] name = names[middle];
      int order = Arrays.compareUnsigned(bytes, start, end, name, 0, name.length);
      if (order == 0) {
        return named[middle];
      }
      if (order < 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return null;
  }

  /** The child for a position in an array. */
  @Nullable PathNode element(int position) {
    int at = positions.length == 0 ? -1 : Arrays.binarySearch(positions, position);
    return at < 0 ? null : placed[at];
  }
}
