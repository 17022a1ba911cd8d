package dev.edgehub.lang;

import dev.edgehub.lang.grammar.RouteParser.SegmentContext;
import dev.edgehub.lang.grammar.RouteParser.SourceContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds a source that is legal but selects nothing, or less than it seems to. */
final class SourceWarnings {

  private static final List<String> ROOTS = List.of("messages", "twinChangeNotifications");

  private final Issues issues;

  SourceWarnings(Issues issues) {
    this.issues = issues;
  }

  void look(SourceContext source) {
    List<SegmentContext> segments = source.segment();
    String hint = mistake(segments.stream().map(SegmentContext::getText).toList());
    if (hint != null) {
      SegmentContext wrong = segments.get(Math.min(wrongSegment(segments), segments.size() - 1));
      issues.add(
          IssueCode.SOURCE_MATCHES_NOTHING,
          issues.spanOf(wrong.getStart()),
          "no message has a path like this one",
          hint.isEmpty() ? null : hint);
    }
    for (SegmentContext segment : segments.subList(0, segments.size() - 1)) {
      if (segment.getText().indexOf('*') >= 0) {
        issues.add(
            IssueCode.WILDCARD_INSIDE,
            issues.spanOf(segment.getStart()),
            "a * that is not at the end is an ordinary character",
            "ask for it in the condition, as in $connectionModuleId = 'm' or $outputName = 'o'");
      }
    }
  }

  /** The index of the first segment that fits no message. */
  private static int wrongSegment(List<SegmentContext> segments) {
    if (!segments.get(0).getText().equalsIgnoreCase("messages")) {
      return is(segments, 0, "twinChangeNotifications") ? 1 : 0;
    }
    if (!is(segments, 1, "modules")) {
      return 1;
    }
    return is(segments, 3, "outputs") ? 5 : 3;
  }

  private static boolean is(List<SegmentContext> segments, int index, String name) {
    return index < segments.size() && segments.get(index).getText().equalsIgnoreCase(name);
  }

  /** A hint, empty if none is known, or null where messages may match. */
  private static @Nullable String mistake(List<String> path) {
    String first = path.get(0);
    if (isWildcard(path, 0)) {
      return null;
    }
    if (named(first, "twinChangeNotifications", path, 0)) {
      return end(path, 1) ? null : "write /twinChangeNotifications";
    }
    if (!named(first, "messages", path, 0)) {
      if (first.matches("(?i).*(Lifecycle|ConnectionState|Change)Events\\**")) {
        return "only the cloud has such events";
      }
      String nearest = Nearest.of(first, ROOTS);
      return nearest == null
          ? "a hub has /messages and /twinChangeNotifications"
          : "write /" + nearest;
    }
    if (end(path, 1)) {
      return null;
    }
    if (!named(path.get(1), "modules", path, 1)) {
      return "write /messages/modules/<module>";
    }
    if (end(path, 2) || end(path, 3)) {
      return null;
    }
    if (!named(path.get(3), "outputs", path, 3)) {
      return "write /messages/modules/<module>/outputs/<output>";
    }
    return end(path, 4) || end(path, 5) ? null : "a path ends with its output";
  }

  private static boolean named(String segment, String name, List<String> path, int index) {
    boolean last = index == path.size() - 1;
    String bare = last ? segment.replaceAll("\\*+$", "") : segment;
    return bare.equalsIgnoreCase(name);
  }

  private static boolean end(List<String> path, int index) {
    return index == path.size() || isWildcard(path, index);
  }

  private static boolean isWildcard(List<String> path, int index) {
    return index == path.size() - 1 && path.get(index).matches("\\*+");
  }
}
