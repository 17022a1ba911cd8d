package dev.edgehub.routing.body;

import dev.edgehub.lang.eval.BodyPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Body paths as one tree, so that a body is read once for all of them. Immutable; any number of
 * threads may use one.
 */
public final class BodyPaths {

  private final Map<BodyPath, PathNode> ends = new HashMap<>();
  private final PathNode root = new PathNode(0, null);
  private final int nodes;

  public BodyPaths(Collection<BodyPath> paths) {
    List<PathNode> all = new ArrayList<>(List.of(root));
    for (BodyPath path : paths) {
      ends.computeIfAbsent(path, p -> end(p, all));
    }
    all.forEach(PathNode::fix);
    this.nodes = all.size();
  }

  /** Of a path that goes deeper than any body the first steps are enough to find nothing. */
  private PathNode end(BodyPath path, List<PathNode> all) {
    PathNode node = root;
    int depth = Math.min(path.steps().size(), BodyReader.MAX_DEPTH + 1);
    for (BodyPath.Step step : path.steps().subList(0, depth)) {
      node = node.grow(step, all);
    }
    return node;
  }

  PathNode root() {
    return root;
  }

  /** How many nodes the tree has. */
  int nodes() {
    return nodes;
  }

  /** Where the path ends, or null for a path that is not one of these. */
  @Nullable PathNode end(BodyPath path) {
    return ends.get(path);
  }
}
