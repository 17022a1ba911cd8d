package dev.edgehub.lang;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Makes conditions together with their answers for the one message of {@link RandomPlanTest}. The
 * answers follow the documents by the shortest way, with no regard to how a plan finds them.
 */
final class RandomCondition {

  /** What an answer may be besides a Boolean, a Double and a String. */
  private enum Special {
    UNDEFINED,
    NULL,
    MISSING
  }

  /**
   * A piece of a condition.
   *
   * @param dynamic whether its static type is that of body values
   */
  record Sample(String text, Object value, boolean dynamic) {
    Sample(String text, Object value) {
      this(text, value, false);
    }
  }

  private final Random random;

  RandomCondition(long seed) {
    random = new Random(seed);
  }

  private Sample pick(List<Sample> samples) {
    return samples.get(random.nextInt(samples.size()));
  }

  Sample bool(int depth) {
    if (depth == 0) {
      return pick(List.of(new Sample("true", true), new Sample("false", false)));
    }
    return switch (random.nextInt(7)) {
      case 0, 1 -> logic(depth - 1);
      case 2 -> negation(depth - 1);
      case 3, 4 -> comparison(depth - 1);
      case 5 -> typeTest(depth - 1);
      default -> textTest(depth - 1);
    };
  }

  private Sample logicOperand(int depth) {
    return random.nextInt(4) == 0 ? dynamic(depth) : bool(depth);
  }

  /** A flat chain, whose meaning is that of brackets from the left. */
  private Sample logic(int depth) {
    boolean and = random.nextBoolean();
    Sample left = logicOperand(depth);
    String text = left.text();
    for (int links = 1 + random.nextInt(3); links > 0; links--) {
      Sample right = logicOperand(depth);
      text += (and ? " AND " : " OR ") + right.text();
      left = new Sample(text, join(and, left, right));
    }
    return new Sample("(" + text + ")", left.value());
  }

  private static Object join(boolean and, Sample left, Sample right) {
    boolean bothBool = left.value() instanceof Boolean && right.value() instanceof Boolean;
    boolean strict = left.dynamic() || right.dynamic();
    Object decisive = !and;
    if (!strict && (left.value().equals(decisive) || right.value().equals(decisive))) {
      return decisive;
    }
    if (!bothBool) {
      return Special.UNDEFINED;
    }
    boolean a = (Boolean) left.value();
    boolean b = (Boolean) right.value();
    return and ? a && b : a || b;
  }

  private Sample negation(int depth) {
    Sample operand = logicOperand(depth);
    Object value = operand.value() instanceof Boolean bool ? !bool : Special.UNDEFINED;
    return new Sample("(NOT " + operand.text() + ")", value);
  }

  private Sample comparison(int depth) {
    List<IntFunction<Sample>> kinds = List.of(this::bool, this::number, this::text, this::dynamic);
    int left = random.nextInt(4);
    int right = left == 3 ? random.nextInt(4) : random.nextBoolean() ? left : 3;
    Sample a = kinds.get(left).apply(depth);
    Sample b = kinds.get(right).apply(depth);
    String operator = List.of("=", "!=", "<>", "<", "<=", ">", ">=").get(random.nextInt(7));
    String text = "(" + a.text() + " " + operator + " " + b.text() + ")";
    if (rank(a) < 0 || rank(b) < 0) {
      return new Sample(text, Special.UNDEFINED);
    }
    int order = rank(a) == rank(b) ? order(a.value(), b.value()) : rank(a) - rank(b);
    return new Sample(text, holds(operator, order));
  }

  /** The rank of a value's kind, or -1 for undefined. A property that is null has none. */
  private static int rank(Sample sample) {
    if (sample.value() instanceof Boolean) {
      return 0;
    }
    if (sample.value() instanceof Double) {
      return 1;
    }
    if (sample.value() instanceof String) {
      return 2;
    }
    return sample.dynamic() && sample.value() != Special.UNDEFINED ? 3 : -1;
  }

  private static int order(Object left, Object right) {
    if (left instanceof Boolean bool) {
      return bool.compareTo((Boolean) right);
    }
    if (left instanceof Double number) {
      // adding 0 makes -0 and 0 the same
      return Double.compare(number + 0.0, (Double) right + 0.0);
    }
    return left instanceof String text ? text.compareTo((String) right) : 0;
  }

  private static boolean holds(String operator, int order) {
    return switch (operator) {
      case "=" -> order == 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      default -> order != 0;
    };
  }

  private Sample typeTest(int depth) {
    Sample x = any(depth);
    Object value = x.value();
    boolean undefined = value == Special.UNDEFINED;
    return switch (random.nextInt(4)) {
      case 0 -> new Sample("is_number(" + x.text() + ")", isFinite(value));
      case 1 -> new Sample("is_string(" + x.text() + ")", value instanceof String);
      case 2 ->
          new Sample("is_null(" + x.text() + ")", undefined && x.dynamic() ? value : isNull(value));
      default -> new Sample("IS_DEFINED(" + x.text() + ")", !undefined && value != Special.MISSING);
    };
  }

  private static boolean isFinite(Object value) {
    return value instanceof Double number && Double.isFinite(number);
  }

  private static boolean isNull(Object value) {
    return value == Special.NULL || value == Special.MISSING;
  }

  private Sample any(int depth) {
    return switch (random.nextInt(4)) {
      case 0 -> bool(depth);
      case 1 -> number(depth);
      case 2 -> text(depth);
      default -> dynamic(depth);
    };
  }

  private Sample textTest(int depth) {
    Sample a = textOperand(depth);
    Sample b = textOperand(depth);
    String text = "contains(" + a.text() + ", " + b.text() + ")";
    boolean texts = a.value() instanceof String && b.value() instanceof String;
    return new Sample(
        text, texts ? ((String) a.value()).contains((String) b.value()) : Special.UNDEFINED);
  }

  private Sample textOperand(int depth) {
    return random.nextInt(4) == 0 ? dynamic(depth) : text(depth);
  }

  Sample number(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return pick(
          List.of(
              new Sample("3", 3.0),
              new Sample("-2.5", -2.5),
              new Sample("0", 0.0),
              new Sample("0x10", 16.0),
              new Sample("as_number(level)", 42.0),
              new Sample("as_number(nope)", Special.UNDEFINED)));
    }
    if (random.nextInt(3) == 0) {
      Sample text = textOperand(depth - 1);
      Object length =
          text.value() instanceof String known ? (double) known.length() : Special.UNDEFINED;
      return new Sample("length(" + text.text() + ")", length);
    }
    return arithmetic(number(depth - 1), number(depth - 1));
  }

  private Sample arithmetic(Sample left, Sample right) {
    String operator = List.of("+", "-", "*", "/", "%").get(random.nextInt(5));
    String text = "(" + left.text() + " " + operator + " " + right.text() + ")";
    boolean dynamic = left.dynamic() || right.dynamic();
    if (!(left.value() instanceof Double a) || !(right.value() instanceof Double b)) {
      return new Sample(text, Special.UNDEFINED, dynamic);
    }
    double result =
        switch (operator) {
          case "+" -> a + b;
          case "-" -> a - b;
          case "*" -> a * b;
          case "/" -> a / b;
          default -> a % b;
        };
    return new Sample(text, Double.isNaN(result) ? Special.UNDEFINED : result, dynamic);
  }

  Sample text(int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return pick(
          List.of(
              new Sample("'Pump'", "Pump"),
              new Sample("'a\\u0062'", "ab"),
              new Sample("SITE", "North7"),
              new Sample("empty", ""),
              new Sample("blank", Special.NULL),
              new Sample("nope", Special.UNDEFINED),
              new Sample("$rank", "7"),
              new Sample("$zone", "outer"),
              new Sample("{ $zone }", "inner")));
    }
    return switch (random.nextInt(3)) {
      case 0 -> joined(textOperand(depth - 1), textOperand(depth - 1));
      case 1 -> fallback(text(depth - 1), text(depth - 1));
      default -> lower(textOperand(depth - 1));
    };
  }

  private static Sample joined(Sample left, Sample right) {
    String text = "(" + left.text() + " || " + right.text() + ")";
    boolean known = isPart(left) && isPart(right);
    return new Sample(text, known ? part(left) + part(right) : Special.UNDEFINED);
  }

  private static boolean isPart(Sample sample) {
    boolean nullProperty = sample.value() == Special.NULL && !sample.dynamic();
    return nullProperty || sample.value() instanceof String;
  }

  private static String part(Sample sample) {
    return sample.value() instanceof String text ? text : "";
  }

  private static Sample lower(Sample operand) {
    Object value =
        operand.value() instanceof String text ? text.toLowerCase(Locale.ROOT) : Special.UNDEFINED;
    return new Sample("lower(" + operand.text() + ")", value);
  }

  private static Sample fallback(Sample left, Sample right) {
    String text = "(" + left.text() + " ?? " + right.text() + ")";
    Object value = left.value() == Special.UNDEFINED ? right.value() : left.value();
    return new Sample(text, value, left.dynamic() || right.dynamic());
  }

  Sample dynamic(int depth) {
    if (depth == 0 || random.nextInt(3) > 0) {
      return pick(
          List.of(
              body("n", 8.0),
              body("z", 0.0),
              body("t", "Pump"),
              body("on", true),
              body("off", false),
              body("nothing", Special.NULL),
              body("list[0]", 1.0),
              body("list[1]", "x"),
              body("list[2]", Special.MISSING),
              body("list", Special.UNDEFINED),
              body("when", Special.UNDEFINED),
              body("t.x", Special.MISSING),
              body("T", Special.MISSING)));
    }
    return switch (random.nextInt(4)) {
      case 0 -> fallback(dynamic(depth - 1), number(depth - 1));
      case 1 -> fallback(bool(depth - 1), dynamic(depth - 1));
      case 2 -> arithmetic(dynamic(depth - 1), number(depth - 1));
      default -> arithmetic(number(depth - 1), dynamic(depth - 1));
    };
  }

  private static Sample body(String path, Object value) {
    return new Sample("$body." + path, value, true);
  }
}
