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
  public boolean hasNull(MessageView message) {
    return message.hasSystemProperty(name) && message.systemProperty(name) == null;
  }
}
