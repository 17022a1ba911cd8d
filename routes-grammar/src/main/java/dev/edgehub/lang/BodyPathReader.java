package dev.edgehub.lang;

import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.BodyPath.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code name}, {@code name[3]} and chains of them joined by dots. */
final class BodyPathReader {

  private final List<Step> steps = new ArrayList<>();

  private BodyPathReader() {}

  /** The path, or null if the text is none. */
  static @Nullable BodyPath read(String text) {
    BodyPathReader reader = new BodyPathReader();
    for (String segment : text.split("\\.", -1)) {
      if (!reader.readSegment(segment)) {
        return null;
      }
    }
    return new BodyPath(text, reader.steps);
  }

  private boolean readSegment(String segment) {
    int bracket = segment.indexOf('[');
    String name = bracket < 0 ? segment : segment.substring(0, bracket);
    if (name.isEmpty() || name.indexOf(']') >= 0 || isDigits(name)) {
      return false;
    }
    steps.add(new BodyPath.Member(name));
    return bracket < 0 || readIndexes(segment.substring(bracket));
  }

  private boolean readIndexes(String indexes) {
    int at = 0;
    while (at < indexes.length()) {
      int close = indexes.indexOf(']', at);
      if (indexes.charAt(at) != '[' || close < 0 || !isDigits(indexes.substring(at + 1, close))) {
        return false;
      }
      steps.add(new BodyPath.Element(position(indexes.substring(at + 1, close))));
      at = close + 1;
    }
    return true;
  }

  /** No array is as long as the largest int, so a larger number may stand for the same nothing. */
  private static int position(String digits) {
    String number = digits.replaceFirst("^0+(?=.)", "");
    return number.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(number);
  }

  /** Whether the text is brackets around numbers and nothing else. */
  static boolean isIndexes(String text) {
    return new BodyPathReader().readIndexes(text);
  }

  private static boolean isDigits(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
