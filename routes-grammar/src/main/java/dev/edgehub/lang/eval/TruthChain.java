package dev.edgehub.lang.eval;

import java.util.List;

/** Comparisons of one level behind the first, as in {@code a = b = c}: each compares a truth. */
record TruthChain(BoolNode first, List<Comparison> comparisons, List<Node> operands)
    implements BoolNode {

  TruthChain {
    comparisons = List.copyOf(comparisons);
    operands = List.copyOf(operands);
  }

  @Override
  public Truth evaluate(MessageView message) {
    Truth result = first.evaluate(message);
    for (int i = 0; i < operands.size(); i++) {
      if (result != Truth.UNDEFINED) {
        Value left = result == Truth.TRUE ? Value.TRUE : Value.FALSE;
        result = comparisons.get(i).of(operands.get(i).orderAfter(left, message));
      }
    }
    return result;
  }
}
