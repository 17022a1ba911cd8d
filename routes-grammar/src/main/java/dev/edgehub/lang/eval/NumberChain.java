package dev.edgehub.lang.eval;

import java.util.List;

/** Operators of one level from left to right; a loop, since a chain may be thousands long. */
record NumberChain(NumberNode first, List<Arithmetic> operators, List<NumberNode> operands)
    implements NumberNode {

  NumberChain {
    operators = List.copyOf(operators);
    operands = List.copyOf(operands);
  }

  @Override
  public double number(MessageView message) {
    double result = first.number(message);
    for (int i = 0; i < operands.size(); i++) {
      result = operators.get(i).apply(result, operands.get(i).number(message));
    }
    return result;
  }
}
