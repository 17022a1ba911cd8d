package dev.edgehub.lang.eval;

/**
 * One step of a plan. The four kinds follow the static types: an expression typed bool is planned
 * as a {@link BoolNode}, and so on; the constants null and undefined are {@link DynamicNode}s.
 * Nodes are immutable, never throw, and make no object unless they make a string.
 */
public sealed interface Node permits BoolNode, NumberNode, TextNode, DynamicNode {

  /** This node where truth is asked for; always undefined when it can hold none. */
  default BoolNode asBool() {
    return BoolNode.UNDEFINED;
  }

  /** This node where a number is asked for; always undefined when it can hold none. */
  default NumberNode asNumber() {
    return NumberNode.UNDEFINED;
  }

  /** {@code as_number}. */
  default NumberNode toNumber() {
    return asNumber();
  }

  /** This node where text is asked for; always undefined when it can hold none. */
  default TextNode asText() {
    return TextNode.UNDEFINED;
  }

  /** This node where any value will do; making the value of a computed one costs an object. */
  DynamicNode asDynamic();

  /** The order of {@code left} relative to this node's value, across kinds. */
  int orderAfter(Value left, MessageView message);

  /** {@code is_bool}. */
  default BoolNode isBool() {
    return BoolNode.FALSE;
  }

  /** {@code is_number}. */
  default BoolNode isNumber() {
    return BoolNode.FALSE;
  }

  /** {@code is_string}. */
  default BoolNode isString() {
    return BoolNode.FALSE;
  }

  /** {@code is_null}. */
  default BoolNode isNull() {
    return BoolNode.FALSE;
  }

  /** {@code is_defined}. */
  BoolNode isDefined();
}
