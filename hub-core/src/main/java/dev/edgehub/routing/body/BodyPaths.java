package dev.edgehub.routing.body;

import dev.edgehub.lang.eval.BodyPath;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All body paths of a route table as one tree, so that a body is read once for all of them.
 * Immutable; any number of threads may use one.
 */
public final class BodyPaths {

  private final Map<BodyPath, Integer> slots = new HashMap<>();
  private final Node root = new Node();

  public BodyPaths(Collection<BodyPath> paths) {
    for (BodyPath path : paths) {
      if (slots.putIfAbsent(path, slots.size()) == null) {
        Node node = root;
        for (BodyPath.Step step : path.steps()) {
          node = node.children.computeIfAbsent(key(step), k -> new Node());
        }
        node.slots = append(node.slots, slots.size() - 1);
      }
    }
  }

  /** Member names and array positions never meet in one container, so they may share a map. */
  private static Object key(BodyPath.Step step) {
    return step instanceof BodyPath.Member member
        ? member.name()
        : ((BodyPath.Element) step).index();
  }

  private static int[] append(int[] slots, int slot) {
    int[] longer = Arrays.copyOf(slots, slots.length + 1);
    longer[slots.length] = slot;
    return longer;
  }

  Node root() {
    return root;
  }

  int size() {
    return slots.size();
  }

  /** The place of a path's value, or null for a path that no route of the table has. */
  @Nullable Integer slot(BodyPath path) {
    return slots.get(path);
  }

  /** A place in the body that some path ends at or goes through. */
  static final class Node {
    private final Map<Object, Node> children = new HashMap<>();
    private int[] slots = new int[0];

    @Nullable Node member(String name) {
      return children.isEmpty() ? null : children.get(name);
    }

    @Nullable Node element(int index) {
      return children.isEmpty() ? null : children.get(index);
    }

    int[] slots() {
      return slots;
    }

    Iterable<Node> children() {
      return children.values();
    }
  }
}
