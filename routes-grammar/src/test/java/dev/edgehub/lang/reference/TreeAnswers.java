package dev.edgehub.lang.reference;

import dev.edgehub.lang.reference.Answer.Special;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/**
 * Evaluates a well-typed condition by walking it, both sides of everything, every time. Written
 * from the reference of the language, not from the plan.
 */
public final class TreeAnswers implements Tree.Visitor<Answer> {

  private final RandomMessage message;

  private TreeAnswers(RandomMessage message) {
    this.message = message;
  }

  /** The value of the whole condition: {@code true}, {@code false} or {@code undefined}. */
  public static String of(Tree tree, RandomMessage message) {
    Answer answer = tree.accept(new TreeAnswers(message));
    if (answer.value() instanceof Boolean bool) {
      return bool.toString();
    }
    // the vectors: a body value that is null is undefined, only the constant is false
    return answer.type() == Type.NULL ? "false" : "undefined";
  }

  @Override
  public Answer literal(Tree.Literal tree) {
    return switch (tree.kind()) {
      case TRUE -> new Answer(Type.BOOL, true);
      case FALSE -> new Answer(Type.BOOL, false);
      case NULL -> new Answer(Type.NULL, Special.NULL);
      case UNDEFINED -> Answer.NOT_DEFINED;
      case STRING -> new Answer(Type.STRING, tree.text());
      case INTEGER, REAL -> new Answer(Type.NUMBER, Double.parseDouble(tree.text()));
      case HEX -> Answer.of(Type.NUMBER, hex(tree.text().substring(2)));
    };
  }

  private static double hex(String digits) {
    return digits.length() > 16 ? Double.NaN : new BigInteger(digits, 16).longValue();
  }

  @Override
  public Answer read(Tree.Read tree) {
    return switch (tree.access()) {
      case USER -> property(message.user(tree.name()));
      case EITHER -> {
        Object own = message.user("$" + tree.name());
        yield property(own != Special.MISSING ? own : message.system(tree.name()));
      }
      case SYSTEM -> property(message.system(tree.name()));
      case BRACKETED -> new Answer(Type.STRING, Special.UNDEFINED);
    };
  }

  private static Answer property(Object value) {
    return new Answer(
        Type.STRING,
        value == Special.MISSING
            ? Special.UNDEFINED
            : value == Special.NULL ? Special.EMPTY : value);
  }

  @Override
  public Answer body(Tree.Body tree) {
    if (!tree.braced() && tree.path().indexOf('[') < 0 && !RandomMessage.isWild(tree.path())) {
      Object own = message.user("$body." + tree.path());
      if (own != Special.MISSING) {
        return new Answer(Type.DYNAMIC, property(own).value());
      }
    }
    return new Answer(Type.DYNAMIC, message.body(tree.path()));
  }

  @Override
  public Answer prefix(Tree.Prefix tree) {
    Answer operand = tree.operand().accept(this);
    if (tree.not()) {
      if (operand.type() == Type.NULL) {
        return new Answer(Type.BOOL, true);
      }
      return new Answer(
          Type.BOOL, operand.value() instanceof Boolean bool ? !bool : Special.UNDEFINED);
    }
    return new Answer(
        operand.type(), operand.value() instanceof Double number ? -number : Special.UNDEFINED);
  }

  @Override
  public Answer binary(Tree.Binary tree) {
    Answer left = tree.left().accept(this);
    Answer right = tree.right().accept(this);
    Type type = TreeTypes.ofBinary(tree.op(), left.type(), right.type());
    Object value =
        switch (tree.op()) {
          case COALESCE -> left.isUndefined() ? right.value() : left.value();
          case AND, OR -> logic(tree.op(), left, right);
          case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> arithmetic(tree.op(), left, right);
          case JOIN -> TextFunctions.concat(List.of(left, right));
          case EQUAL, UNEQUAL, LESS, AT_MOST, GREATER, AT_LEAST -> compare(tree.op(), left, right);
        };
    return Answer.of(type, value);
  }

  private static Object logic(Op op, Answer left, Answer right) {
    if (left.isDynamic() || right.isDynamic()) {
      boolean bools = left.value() instanceof Boolean && right.value() instanceof Boolean;
      return bools ? truth(op, left.value(), right.value()) : Special.UNDEFINED;
    }
    if (left.type() == Type.NULL || right.type() == Type.NULL) {
      return op == Op.AND ? Special.NULL : left.type() == Type.NULL ? right.value() : left.value();
    }
    return truth(op, left.value(), right.value());
  }

  /** The tables: what decides, decides; else undefined wins. */
  private static Object truth(Op op, Object left, Object right) {
    Object decides = op == Op.OR;
    if (left.equals(decides) || right.equals(decides)) {
      return decides;
    }
    boolean undefined = left == Special.UNDEFINED || right == Special.UNDEFINED;
    return undefined ? Special.UNDEFINED : !(Boolean) decides;
  }

  private static Object arithmetic(Op op, Answer left, Answer right) {
    if (!(left.value() instanceof Double a) || !(right.value() instanceof Double b)) {
      return Special.UNDEFINED;
    }
    return switch (op) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      default -> a % b;
    };
  }

  private static Object compare(Op op, Answer left, Answer right) {
    if (cannotCompare(left) || cannotCompare(right)) {
      return Special.UNDEFINED;
    }
    int order = rank(left) - rank(right);
    if (order == 0) {
      order = order(left.value(), right.value());
    }
    return switch (op) {
      case EQUAL -> order == 0;
      case UNEQUAL -> order != 0;
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case GREATER -> order > 0;
      default -> order >= 0;
    };
  }

  private static boolean cannotCompare(Answer answer) {
    return answer.isUndefined() || answer.value() == Special.EMPTY;
  }

  private static int rank(Answer answer) {
    if (answer.value() instanceof Boolean) {
      return 0;
    }
    if (answer.value() instanceof Double) {
      return 1;
    }
    return answer.value() instanceof String ? 2 : 3;
  }

  private static int order(Object left, Object right) {
    if (left instanceof Boolean bool) {
      return bool.compareTo((Boolean) right);
    }
    if (left instanceof Double a && right instanceof Double b) {
      return a.doubleValue() == b.doubleValue() ? 0 : a < b ? -1 : 1;
    }
    return left instanceof String text ? text.compareTo((String) right) : 0;
  }

  @Override
  public Answer call(Tree.Call tree) {
    List<Answer> arguments = tree.arguments().stream().map(part -> part.accept(this)).toList();
    Type type = TreeTypes.ofCall(tree.function(), arguments.stream().map(Answer::type).toList());
    Answer first = arguments.get(0);
    Object value =
        switch (tree.function().toLowerCase(Locale.ROOT)) {
          case "is_bool" -> isBool(first);
          case "is_number" -> first.value() instanceof Double number && Double.isFinite(number);
          case "is_string" -> first.value() instanceof String;
          case "is_null" ->
              first.isDynamic() && first.isUndefined() ? Special.UNDEFINED : first.isNull();
          case "is_defined" -> !first.isUndefined() && first.value() != Special.MISSING;
          case "abs", "exp", "square", "ceiling", "floor", "sign", "sqrt", "power" ->
              NumberFunctions.of(tree.function(), arguments);
          default -> TextFunctions.of(tree.function(), arguments);
        };
    return Answer.of(type, value);
  }

  private static Object isBool(Answer answer) {
    boolean mayBeBool = answer.type() == Type.BOOL || answer.isDynamic();
    return mayBeBool && answer.isUndefined()
        ? Special.UNDEFINED
        : (Object) (answer.value() instanceof Boolean);
  }
}
