package dev.edgehub.lang.eval;

import org.jspecify.annotations.Nullable;

/** {@code {$name}}: a system property. */
record SystemPropertyNode(String name) implements TextNode {

  @Override
  public @Nullable String text(MessageView message) {
    return message.systemProperty(name);
  }

  @Override
  public @Nullable String raw(MessageView message) {
    String text = message.systemProperty(name);
    return text == null && message.hasSystemProperty(name) ? NullText.MARK : text;
  }
}
