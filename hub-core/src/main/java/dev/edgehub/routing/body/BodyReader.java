package dev.edgehub.routing.body;

import dev.edgehub.lang.eval.Value;
import org.jspecify.annotations.Nullable;

/** Reads one JSON object in UTF-8 to its end and keeps the values that some path ends at. */
final class BodyReader {

  /** Objects and arrays inside one another, the outermost counted too. */
  static final int MAX_DEPTH = 64;

  private final JsonScanner scanner;
  private final Found found;

  private BodyReader(byte[] body, Found found) {
    this.scanner = new JsonScanner(body);
    this.found = found;
  }

  /** The values at the paths, or null when the body is not one JSON object and nothing else. */
  static @Nullable Found read(byte[] body, BodyPaths paths) {
    Found found = new Found(paths.nodes());
    return new BodyReader(body, found).readWhole(paths.root()) ? found : null;
  }

  private boolean readWhole(PathNode root) {
    return scanner.next() == '{' && readObject(root, 1) && scanner.next() == JsonScanner.END;
  }

  /** Recursion is as deep as the body, and never deeper than {@value #MAX_DEPTH}. */
  private boolean readObject(@Nullable PathNode node, int depth) {
    int next = scanner.next();
    if (next == '}') {
      return true;
    }
    while (next == '"' && scanner.string()) {
      PathNode child = node == null ? null : scanner.member(node);
      if (scanner.next() != ':' || !readValue(scanner.next(), child, depth)) {
        return false;
      }
      int after = scanner.next();
      if (after != ',') {
        return after == '}';
      }
      next = scanner.next();
    }
    return false;
  }

  private boolean readArray(@Nullable PathNode node, int depth) {
    int next = scanner.next();
    if (next == ']') {
      return true;
    }
    for (int position = 0; ; position++) {
      if (!readValue(next, node == null ? null : node.element(position), depth)) {
        return false;
      }
      int after = scanner.next();
      if (after != ',') {
        return after == ']';
      }
      next = scanner.next();
    }
  }

  /**
   * Reads a value.
   *
   * @param first its first character, which was passed
   * @param node where it stands, or null if no path leads there
   * @param depth how many objects and arrays it is in
   */
  private boolean readValue(int first, @Nullable PathNode node, int depth) {
    return switch (first) {
      case '"' -> scanner.string() && (node == null || found(node, text(scanner.text())));
      case '{' -> enter(node, depth) && readObject(node, depth + 1);
      case '[' -> enter(node, depth) && readArray(node, depth + 1);
      case 't' -> scanner.word("true") && found(node, Value.TRUE);
      case 'f' -> scanner.word("false") && found(node, Value.FALSE);
      case 'n' -> scanner.word("null") && found(node, Value.NULL);
      default ->
          isNumber(first)
              && scanner.number()
              && (node == null || found(node, new Value.Num(scanner.value())));
    };
  }

  private boolean enter(@Nullable PathNode node, int depth) {
    return depth < MAX_DEPTH && found(node, Value.UNDEFINED);
  }

  private boolean found(@Nullable PathNode node, Value value) {
    if (node != null) {
      found.set(node, value);
    }
    return true;
  }

  private static boolean isNumber(int first) {
    return first == '-' || (first >= '0' && first <= '9');
  }

  /** A text that looks like a date is undefined to conditions, as upstream has it. */
  private static Value text(String text) {
    return DateText.is(text) ? Value.UNDEFINED : new Value.Text(text);
  }
}
