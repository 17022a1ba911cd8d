package dev.edgehub.lang.eval;

import org.jspecify.annotations.Nullable;

/** {@code $name}: a user property of just that name, dollar included, hides the system property. */
record ShadowedPropertyNode(PropertyNode user, SystemPropertyNode system) implements TextNode {

  @Override
  public @Nullable String text(MessageView message) {
    return message.hasProperty(user.name()) ? user.text(message) : system.text(message);
  }

  @Override
  public @Nullable String raw(MessageView message) {
    return message.hasProperty(user.name()) ? user.raw(message) : system.raw(message);
  }
}
