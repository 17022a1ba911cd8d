package dev.edgehub.lang.eval;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the nodes of a plan. What it is given has passed the compiler's type checks. */
public final class NodeFactory {

  private NodeFactory() {}

  /** A bool constant. */
  public static BoolNode constant(boolean value) {
    return value ? BoolNode.TRUE : BoolNode.FALSE;
  }

  /** A number constant; NaN is the undefined number. */
  public static NumberNode constant(double value) {
    return message -> value;
  }

  /** A string constant. */
  public static TextNode constant(String value) {
    return message -> value;
  }

  /** The constant null. */
  public static DynamicNode nullConstant() {
    return message -> Value.NULL;
  }

  /** The constant undefined. */
  public static DynamicNode undefinedConstant() {
    return new UndefinedConstant();
  }

  /** A body value that no message has; unlike the constant it is accepted wherever a value is. */
  public static DynamicNode unreadable() {
    return message -> Value.UNDEFINED;
  }

  /** {@code name}. */
  public static TextNode property(String name) {
    return new PropertyNode(name);
  }

  /** {@code {$name}}, without the dollar. */
  public static TextNode systemProperty(String name) {
    return new SystemPropertyNode(name);
  }

  /** {@code $name}, without the dollar. */
  public static TextNode shadowedProperty(String name) {
    return new ShadowedPropertyNode(new PropertyNode("$" + name), new SystemPropertyNode(name));
  }

  /**
   * {@code $body.path}.
   *
   * @param shadow the user property that hides the body value, if any may
   */
  public static DynamicNode body(BodyPath path, @Nullable String shadow) {
    return shadow == null ? message -> message.body(path) : new ShadowedBodyNode(shadow, path);
  }

  /** {@code NOT a}. */
  public static BoolNode not(BoolNode operand) {
    return message -> operand.evaluate(message).not();
  }

  /** {@code a AND b AND …}. */
  public static BoolNode all(BoolNode first, List<LogicLink> links) {
    return links.isEmpty() ? first : new LogicChain(true, first, links);
  }

  /** {@code a OR b OR …}. */
  public static BoolNode any(BoolNode first, List<LogicLink> links) {
    return links.isEmpty() ? first : new LogicChain(false, first, links);
  }

  /** One comparison of two operands of any kinds. */
  public static BoolNode compare(Node left, Comparison comparison, Node right) {
    return compareExact(exact(left), comparison, exact(right));
  }

  /** Pairs of one kind have nodes of their own, for speed; any other pair is compared by kinds. */
  private static BoolNode compareExact(Node left, Comparison comparison, Node right) {
    if (left instanceof NumberNode a && right instanceof NumberNode b) {
      return message -> comparison.of(Comparison.order(a.number(message), b.number(message)));
    }
    if (left instanceof TextNode a && right instanceof TextNode b) {
      if (comparison == Comparison.EQUAL) {
        return message -> equalTexts(a.text(message), b.text(message));
      }
      return message -> compareTexts(a.text(message), comparison, b.text(message));
    }
    if (left instanceof BoolNode a && right instanceof BoolNode b) {
      return message -> comparison.of(Comparison.order(a.evaluate(message), b.evaluate(message)));
    }
    return compareAcrossKinds(left, comparison, right);
  }

  /** {@code a = b = …} and {@code a < b < …}: what follows the first comparison. */
  public static BoolNode compareOn(BoolNode first, List<Comparison> comparisons, List<Node> rest) {
    return rest.isEmpty() ? first : new TruthChain(first, comparisons, rest);
  }

  /** {@code a + b - …} or {@code a * b / …}. */
  public static NumberNode arithmetic(
      NumberNode first, List<Arithmetic> operators, List<NumberNode> operands) {
    return new NumberChain(first, operators, operands);
  }

  /** Arithmetic that the compiler must treat as a body value, because a body value is in it. */
  public static DynamicNode dynamic(NumberNode number) {
    return new DynamicNumber(number);
  }

  /** {@code - a}. */
  public static NumberNode negate(NumberNode operand) {
    return message -> -operand.number(message);
  }

  /** {@code a || b || …}. */
  public static TextNode join(List<TextNode> parts) {
    return new TextJoin(parts);
  }

  /** {@code a ?? b ?? …} on bools. */
  public static BoolNode firstDefinedBool(List<BoolNode> choices) {
    List<BoolNode> nodes = List.copyOf(choices);
    return message -> {
      Truth truth = Truth.UNDEFINED;
      for (int i = 0; i < nodes.size() && truth == Truth.UNDEFINED; i++) {
        truth = nodes.get(i).evaluate(message);
      }
      return truth;
    };
  }

  /** {@code a ?? b ?? …} on numbers. */
  public static NumberNode firstDefinedNumber(List<NumberNode> choices) {
    List<NumberNode> nodes = List.copyOf(choices);
    return message -> {
      double number = Double.NaN;
      for (int i = 0; i < nodes.size() && Double.isNaN(number); i++) {
        number = nodes.get(i).number(message);
      }
      return number;
    };
  }

  /** {@code a ?? b ?? …} on strings. */
  public static TextNode firstDefinedText(List<TextNode> choices) {
    return new TextFallback(choices);
  }

  /** {@code a ?? b ?? …} with a body value among them. A missing body value counts as null. */
  public static DynamicNode firstDefined(List<Node> choices) {
    List<DynamicNode> nodes = choices.stream().map(Node::asDynamic).toList();
    return message -> {
      Value value = Value.UNDEFINED;
      for (int i = 0; i < nodes.size() && Values.isUndefined(value); i++) {
        value = nodes.get(i).value(message);
      }
      return value;
    };
  }

  /** The comparison that routes use most, and the only one that lengths can decide. */
  private static Truth equalTexts(@Nullable String left, @Nullable String right) {
    return left == null || right == null ? Truth.UNDEFINED : Truth.of(left.equals(right));
  }

  private static Truth compareTexts(
      @Nullable String left, Comparison comparison, @Nullable String right) {
    if (left == null || right == null) {
      return Truth.UNDEFINED;
    }
    return comparison.of(left.compareTo(right));
  }

  private static BoolNode compareAcrossKinds(Node left, Comparison comparison, Node right) {
    if (left instanceof DynamicNode value) {
      return message -> comparison.of(right.orderAfter(value.value(message), message));
    }
    Comparison swapped = comparison.swapped();
    DynamicNode value = right.asDynamic();
    return message -> swapped.of(left.orderAfter(value.value(message), message));
  }

  /** Body arithmetic compared as the number it must be needs no object for its value. */
  private static Node exact(Node node) {
    return node instanceof DynamicNumber number ? number.node() : node;
  }
}
