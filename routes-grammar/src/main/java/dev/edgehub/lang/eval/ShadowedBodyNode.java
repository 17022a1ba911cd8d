package dev.edgehub.lang.eval;

/** {@code $body.path}: a user property of just that name hides the body value. */
record ShadowedBodyNode(String property, BodyPath path) implements DynamicNode {

  @Override
  public Value value(MessageView message) {
    if (!message.hasProperty(property)) {
      return message.body(path);
    }
    String text = message.property(property);
    return text == null ? NullText.VALUE : new Value.Text(text);
  }
}
