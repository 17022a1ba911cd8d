package dev.edgehub.lang;

import dev.edgehub.lang.eval.Builtin;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What to write instead of a call that is none. */
final class FunctionHints {

  private static final List<String> NAMES =
      Arrays.stream(Builtin.values()).map(Builtin::id).toList();

  private FunctionHints() {}

  static @Nullable String forUnknown(String name) {
    if (name.startsWith("!")) {
      return "write NOT instead of !";
    }
    if (name.length() > 1 && TypeHints.OPERATOR_CHARACTERS.indexOf(name.charAt(0)) >= 0) {
      return "put a space behind " + name.charAt(0);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    String known = known(lower);
    if (known != null) {
      return known;
    }
    String joined = lower.replace("_", "");
    for (String candidate : NAMES) {
      if (candidate.replace("_", "").equals(joined)) {
        return "write " + candidate;
      }
    }
    String nearest = Nearest.of(name, NAMES);
    return nearest == null ? null : "did you mean " + nearest + "?";
  }

  private static @Nullable String known(String name) {
    return switch (name) {
      case "is_array", "is_object", "is_primitive" ->
          "only is_bool, is_number, is_string, is_null and is_defined tell types apart";
      case "round" -> "write floor(x + 0.5)";
      case "in" -> "there is no IN: write x = 'a' OR x = 'b'";
      case "twin_change_includes" ->
          "only the cloud has it: select /twinChangeNotifications and look at $body";
      case "tolower", "to_lower", "lcase" -> "write lower";
      case "toupper", "to_upper", "ucase" -> "write upper";
      case "len", "strlen" -> "write length";
      case "substr" -> "write substring";
      case "ceil" -> "write ceiling";
      case "pow" -> "write power";
      case "exists", "isset", "has" -> "write is_defined";
      case "number", "to_number", "cast", "int", "float" -> "write as_number";
      default -> null;
    };
  }

  /** How a function is called. */
  static String signature(Builtin function) {
    return "write " + function.signature();
  }
}
