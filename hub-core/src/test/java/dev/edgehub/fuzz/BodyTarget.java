package dev.edgehub.fuzz;

import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.Value;
import dev.edgehub.routing.body.BodyPaths;
import dev.edgehub.routing.body.BodyValues;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads any bytes as a body, for any paths. Every path has the value that {@link TreeBody} finds in
 * a tree of the whole body.
 *
 * <p>Input: one byte that chooses content type and encoding, paths parted by spaces up to the end
 * of the line, the body.
 */
public final class BodyTarget {

  private static final int MOST_PATHS = 16;
  private static final List<String> ENCODINGS =
      Arrays.asList("utf-8", "UTF-8", "utf-16", "utf-32", "utf-7", null);
  private static final List<String> TYPES =
      Arrays.asList("application/json", "Application/JSON", "text/plain", null);

  private BodyTarget() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    int line = 0;
    while (line < input.length && input[line] != '\n') {
      line++;
    }
    if (line == 0 || line == input.length) {
      return;
    }
    String encoding = ENCODINGS.get((input[0] & 7) % ENCODINGS.size());
    String type = TYPES.get(Math.max(0, (input[0] >> 3 & 15) - 12));
    List<BodyPath> paths = paths(new String(input, 1, line - 1, StandardCharsets.UTF_8));
    byte[] body = Arrays.copyOfRange(input, line + 1, input.length);
    Bounds.within(() -> read(type, encoding, body, paths));
  }

  private static List<BodyPath> paths(String line) {
    List<BodyPath> paths = new ArrayList<>();
    for (String text : line.split(" ", MOST_PATHS + 1)) {
      if (paths.size() < MOST_PATHS) {
        paths.add(path(text));
      }
    }
    return paths;
  }

  /** Members parted by dots; a part that is a small number is an array position. */
  private static BodyPath path(String text) {
    List<BodyPath.Step> steps = new ArrayList<>();
    for (String part : text.split("\\.", -1)) {
      steps.add(
          part.matches("[0-9]{1,9}")
              ? new BodyPath.Element(Integer.parseInt(part))
              : new BodyPath.Member(part));
    }
    return new BodyPath(text, steps);
  }

  private static void read(String type, String encoding, byte[] body, List<BodyPath> paths) {
    BodyValues values = BodyValues.read(type, encoding, body, new BodyPaths(paths));
    TreeBody reference = new TreeBody(type, encoding, body);
    if (reference.isDoubtful()) {
      return;
    }
    for (BodyPath path : paths) {
      Value value = values.value(path);
      Value expected = reference.value(path);
      if (!same(value, expected)) {
        throw new AssertionError("at " + path.text() + " " + value + ", the tree " + expected);
      }
    }
  }

  /** NaN is undefined whatever it is called; all else is equal or not, -0 and 0 too. */
  private static boolean same(Value one, Value other) {
    boolean undefined = one.kind() == Value.Kind.UNDEFINED;
    return undefined ? other.kind() == Value.Kind.UNDEFINED : one.equals(other);
  }
}
