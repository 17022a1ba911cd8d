package dev.edgehub.lang.eval;

import org.jspecify.annotations.Nullable;

/** {@code {$name}}: a system property. */
record SystemPropertyNode(String name) implements TextNode {

  @Override
  public @Nullable String text(MessageView message) {
    return message.systemProperty(name);
  }

  @Override
  public boolean hasNull(MessageView message) {
    return message.hasSystemProperty(name) && message.systemProperty(name) == null;
  }
}
