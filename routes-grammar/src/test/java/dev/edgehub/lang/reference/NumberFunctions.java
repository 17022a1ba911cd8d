package dev.edgehub.lang.reference;

import dev.edgehub.lang.reference.Answer.Special;
import java.util.List;

/** The functions that take numbers alone. */
final class NumberFunctions {

  private NumberFunctions() {}

  static Object of(String function, List<Answer> arguments) {
    if (!(arguments.get(0).value() instanceof Double x)) {
      return Special.UNDEFINED;
    }
    return switch (function) {
      case "abs" -> Math.abs(x);
      case "exp" -> Math.exp(x);
      case "square" -> x * x;
      case "ceiling" -> Math.ceil(x);
      case "floor" -> Math.floor(x);
      case "sign" -> x > 0 ? 1.0 : x < 0 ? -1.0 : 0.0;
      case "sqrt" -> Math.sqrt(x);
      default -> arguments.get(1).value() instanceof Double y ? power(x, y) : Special.UNDEFINED;
    };
  }

  /** As IEEE 754 and the original have it: one to any power is one, and so is minus one. */
  private static Object power(double x, double y) {
    return Math.abs(x) == 1 && Double.isInfinite(y) ? 1.0 : Math.pow(x, y);
  }
}
