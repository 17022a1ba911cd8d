package dev.edgehub.lang.eval;

/** Arithmetic on body values: typed at run time only, but never anything else than a number. */
record DynamicNumber(NumberNode node) implements DynamicNode {

  @Override
  public Value value(MessageView message) {
    return new Value.Num(node.number(message));
  }

  @Override
  public NumberNode asNumber() {
    return node;
  }

  @Override
  public int orderAfter(Value left, MessageView message) {
    return node.orderAfter(left, message);
  }

  @Override
  public BoolNode isNumber() {
    return node.isNumber();
  }

  @Override
  public BoolNode isDefined() {
    return node.isDefined();
  }
}
