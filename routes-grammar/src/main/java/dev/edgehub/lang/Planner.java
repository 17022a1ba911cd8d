package dev.edgehub.lang;

import dev.edgehub.lang.eval.Arithmetic;
import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.BoolNode;
import dev.edgehub.lang.eval.Builtin;
import dev.edgehub.lang.eval.Comparison;
import dev.edgehub.lang.eval.Node;
import dev.edgehub.lang.eval.NodeFactory;
import dev.edgehub.lang.eval.NumberNode;
import dev.edgehub.lang.eval.StaticType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;

/** Last stage: a checked condition becomes nodes. */
final class Planner implements Expr.Visitor<Node> {

  private final Types types;
  private final BiConsumer<Expr, Node> observer;
  private final Set<BodyPath> bodyPaths = new HashSet<>();

  Planner(Types types) {
    this(types, (expr, node) -> {});
  }

  /**
   * A planner that shows its work.
   *
   * @param observer told the node of every part of a condition
   */
  Planner(Types types, BiConsumer<Expr, Node> observer) {
    this.types = types;
    this.observer = observer;
  }

  /** The whole condition: null is false, and what is not a bool is undefined. */
  BoolNode plan(Expr condition) {
    Node node = node(condition);
    return types.of(condition) == StaticType.NULL ? BoolNode.FALSE : node.asBool();
  }

  /** Every path asked for by what was planned. */
  Set<BodyPath> bodyPaths() {
    return bodyPaths;
  }

  private Node node(Expr expr) {
    Node node = expr.accept(this);
    observer.accept(expr, node);
    return node;
  }

  @Override
  public Node bool(Expr.Bool expr) {
    return NodeFactory.constant(expr.value());
  }

  @Override
  public Node number(Expr.Num expr) {
    return NodeFactory.constant(expr.value());
  }

  @Override
  public Node text(Expr.Text expr) {
    return NodeFactory.constant(expr.value());
  }

  @Override
  public Node nullWord(Expr.NullWord expr) {
    return NodeFactory.nullConstant();
  }

  @Override
  public Node undefinedWord(Expr.UndefinedWord expr) {
    return NodeFactory.undefinedConstant();
  }

  @Override
  public Node property(Expr.Property expr) {
    return NodeFactory.property(expr.name());
  }

  @Override
  public Node systemProperty(Expr.SystemProperty expr) {
    return expr.braced()
        ? NodeFactory.systemProperty(expr.name())
        : NodeFactory.shadowedProperty(expr.name());
  }

  @Override
  public Node body(Expr.Body expr) {
    bodyPaths.add(expr.path());
    return NodeFactory.body(expr.path(), expr.shadow());
  }

  @Override
  public Node unreadable(Expr.Unreadable expr) {
    return NodeFactory.unreadable();
  }

  @Override
  public Node call(Expr.Call call) {
    Builtin function = Objects.requireNonNull(Builtin.named(call.name()), "a checked call");
    return function.plan(call.arguments().stream().map(this::node).toList());
  }

  @Override
  public Node prefix(Expr.Prefix prefix) {
    Node operand = node(prefix.operand());
    StaticType type = types.of(prefix.operand());
    if (prefix.not()) {
      return type == StaticType.NULL ? BoolNode.TRUE : NodeFactory.not(operand.asBool());
    }
    NumberNode negated = NodeFactory.negate(operand.asNumber());
    return type == StaticType.DYNAMIC ? NodeFactory.dynamic(negated) : negated;
  }

  @Override
  public Node chain(Expr.Chain chain) {
    return switch (chain.links().get(0).operator().level()) {
      case COALESCE -> coalesce(chain);
      case OR, AND -> new LogicPlan(types).plan(chain, operands(chain));
      case COMPARISON -> comparisons(chain);
      case JOIN, ARITHMETIC -> sums(chain);
    };
  }

  private List<Node> operands(Expr.Chain chain) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(node(chain.first()));
    chain.links().forEach(link -> nodes.add(node(link.operand())));
    return nodes;
  }

  private Node coalesce(Expr.Chain chain) {
    List<Node> choices = operands(chain);
    return switch (types.of(chain)) {
      case BOOL -> NodeFactory.firstDefinedBool(choices.stream().map(Node::asBool).toList());
      case NUMBER -> NodeFactory.firstDefinedNumber(choices.stream().map(Node::asNumber).toList());
      case STRING -> NodeFactory.firstDefinedText(choices.stream().map(Node::asText).toList());
      case DYNAMIC -> NodeFactory.firstDefined(choices);
      case NULL -> NodeFactory.nullConstant();
      case UNDEFINED -> NodeFactory.undefinedConstant();
    };
  }

  private Node comparisons(Expr.Chain chain) {
    List<Node> operands = operands(chain);
    List<Comparison> comparisons =
        chain.links().stream().map(link -> link.operator().comparison()).toList();
    BoolNode first = NodeFactory.compare(operands.get(0), comparisons.get(0), operands.get(1));
    int count = comparisons.size();
    return NodeFactory.compareOn(
        first, comparisons.subList(1, count), operands.subList(2, operands.size()));
  }

  /** Arithmetic, then joining: the sum of body values may be followed by || but not the reverse. */
  private Node sums(Expr.Chain chain) {
    List<Node> operands = operands(chain);
    int numbers = 1;
    while (numbers < operands.size() && isArithmetic(chain, numbers)) {
      numbers++;
    }
    Node sum = numbers == 1 ? operands.get(0) : arithmetic(chain, operands, numbers);
    if (numbers == operands.size()) {
      return sum;
    }
    List<Node> parts = new ArrayList<>(List.of(sum));
    parts.addAll(operands.subList(numbers, operands.size()));
    return NodeFactory.join(parts.stream().map(Node::asText).toList());
  }

  private static boolean isArithmetic(Expr.Chain chain, int operand) {
    return chain.links().get(operand - 1).operator().level() == Operator.Level.ARITHMETIC;
  }

  private Node arithmetic(Expr.Chain chain, List<Node> operands, int count) {
    List<Arithmetic> operators = new ArrayList<>();
    boolean dynamic = types.of(chain.first()) == StaticType.DYNAMIC;
    for (Expr.Link link : chain.links().subList(0, count - 1)) {
      operators.add(link.operator().arithmetic());
      dynamic |= types.of(link.operand()) == StaticType.DYNAMIC;
    }
    List<NumberNode> numbers = operands.subList(1, count).stream().map(Node::asNumber).toList();
    NumberNode sum = NodeFactory.arithmetic(operands.get(0).asNumber(), operators, numbers);
    return dynamic ? NodeFactory.dynamic(sum) : sum;
  }
}
