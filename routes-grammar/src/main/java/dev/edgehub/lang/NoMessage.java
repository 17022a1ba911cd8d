package dev.edgehub.lang;

import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.MessageView;
import dev.edgehub.lang.eval.Value;
import org.jspecify.annotations.Nullable;

/** For conditions that ask nothing of a message. */
final class NoMessage implements MessageView {

  static final NoMessage INSTANCE = new NoMessage();

  private NoMessage() {}

  @Override
  public @Nullable String property(String name) {
    return null;
  }

  @Override
  public boolean hasProperty(String name) {
    return false;
  }

  @Override
  public @Nullable String systemProperty(String name) {
    return null;
  }

  @Override
  public boolean hasSystemProperty(String name) {
    return false;
  }

  @Override
  public Value body(BodyPath path) {
    return Value.UNDEFINED;
  }
}
