package dev.edgehub.routing.vectors;

import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.MessageView;
import dev.edgehub.lang.eval.Value;
import dev.edgehub.routing.body.BodyPaths;
import dev.edgehub.routing.body.BodyValues;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A written-down message as conditions see it; its body is read as that of any message. */
final class VectorView implements MessageView {

  private final Map<String, Optional<String>> system;
  private final Map<String, Optional<String>> properties;
  private final BodyValues body;

  VectorView(
      Map<String, Optional<String>> system,
      Map<String, Optional<String>> properties,
      byte[] body,
      BodyPaths paths) {
    this.system = system;
    this.properties = properties;
    this.body =
        BodyValues.read(
            VectorMessage.text(system, "contentType"),
            VectorMessage.text(system, "contentEncoding"),
            body,
            paths);
  }

  @Override
  public @Nullable String property(String name) {
    return VectorMessage.text(properties, name);
  }

  @Override
  public boolean hasProperty(String name) {
    return properties.containsKey(name);
  }

  @Override
  public @Nullable String systemProperty(String name) {
    return VectorMessage.text(system, name);
  }

  @Override
  public boolean hasSystemProperty(String name) {
    return system.containsKey(name);
  }

  @Override
  public Value body(BodyPath path) {
    return body.value(path);
  }
}
