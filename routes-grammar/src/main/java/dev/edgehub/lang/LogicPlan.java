package dev.edgehub.lang;

import dev.edgehub.lang.eval.BoolNode;
import dev.edgehub.lang.eval.LogicLink;
import dev.edgehub.lang.eval.Node;
import dev.edgehub.lang.eval.NodeFactory;
import dev.edgehub.lang.eval.StaticType;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans a chain of AND or of OR. The constant null has rules of its own that need no message: AND
 * with it is null, OR ignores it, and OR of it with a body value is undefined.
 */
final class LogicPlan {

  private final Types types;
  private final List<LogicLink> links = new ArrayList<>();
  private BoolNode first = BoolNode.UNDEFINED;

  LogicPlan(Types types) {
    this.types = types;
  }

  Node plan(Expr.Chain chain, List<Node> operands) {
    StaticType left = types.of(chain.first());
    first = operands.get(0).asBool();
    for (int i = 0; i < chain.links().size(); i++) {
      Expr.Link link = chain.links().get(i);
      StaticType right = types.of(link.operand());
      append(link.operator(), left, operands.get(i + 1).asBool(), right);
      left = link.operator().result(left, right).orElseThrow();
    }
    if (left == StaticType.NULL) {
      return NodeFactory.nullConstant();
    }
    return chain.links().get(0).operator() == Operator.AND
        ? NodeFactory.all(first, links)
        : NodeFactory.any(first, links);
  }

  private void append(Operator operator, StaticType left, BoolNode operand, StaticType right) {
    boolean dynamic = left == StaticType.DYNAMIC || right == StaticType.DYNAMIC;
    if (left != StaticType.NULL && right != StaticType.NULL) {
      links.add(new LogicLink(operand, dynamic));
    } else if (dynamic) {
      restart(BoolNode.UNDEFINED);
    } else if (left == StaticType.NULL && operator == Operator.OR) {
      restart(operand);
    }
  }

  /** What stands left of here is known to give just this. */
  private void restart(BoolNode node) {
    links.clear();
    first = node;
  }
}
