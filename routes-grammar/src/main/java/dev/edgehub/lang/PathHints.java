package dev.edgehub.lang;

import java.util.regex.Pattern;

/** What to write instead of a body path that is none. */
final class PathHints {

  private static final Pattern QUOTED = Pattern.compile("\\.?\\['([^'\\[\\]]+)']");
  private static final String BODY = "$body.";

  private PathHints() {}

  static String forPath(String text) {
    String plain = QUOTED.matcher(text).replaceAll(".$1");
    if (isPath(plain)) {
      return "write " + Quoted.brief(plain);
    }
    if (text.contains("..")) {
      return "write one dot between two names";
    }
    if (text.endsWith(".")) {
      return text.length() <= BODY.length()
          ? "write the name of a member behind the dot, as in $body.temperature"
          : "leave out the dot at the end";
    }
    if (text.matches("(?s).*\\.[0-9]+(\\..*|\\[.*)?")) {
      return "write the position in an array in brackets, as in $body.sensors[0]";
    }
    return "a path is names joined by dots, each with [positions] if it is an array:"
        + " $body.sensors[0].value";
  }

  private static boolean isPath(String text) {
    return text.regionMatches(true, 0, BODY, 0, BODY.length())
        && BodyPathReader.read(text.substring(BODY.length())) != null;
  }
}
