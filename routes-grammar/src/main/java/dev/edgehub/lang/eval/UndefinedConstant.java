package dev.edgehub.lang.eval;

/**
 * The word {@code undefined}: unlike an undefined body value it is surely neither bool nor null.
 */
record UndefinedConstant() implements DynamicNode {

  @Override
  public Value value(MessageView message) {
    return Value.UNDEFINED;
  }

  @Override
  public BoolNode isBool() {
    return BoolNode.FALSE;
  }

  @Override
  public BoolNode isNull() {
    return BoolNode.FALSE;
  }
}
