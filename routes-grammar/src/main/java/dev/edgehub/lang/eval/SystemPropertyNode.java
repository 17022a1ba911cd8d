package dev.edgehub.lang.eval;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code {$name}}: a system property, asked for in lower case so that no message must fold it. */
record SystemPropertyNode(String name) implements TextNode {

  SystemPropertyNode {
    name = name.toLowerCase(Locale.ROOT);
  }

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
