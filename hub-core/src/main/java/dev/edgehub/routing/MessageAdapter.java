package dev.edgehub.routing;

import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.MessageView;
import dev.edgehub.lang.eval.Value;
import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.SystemProperty;
import dev.edgehub.routing.body.BodyPaths;
import dev.edgehub.routing.body.BodyValues;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A message as conditions see it. The body is read when the first path is asked for, and once. */
final class MessageAdapter implements MessageView {

  private final Message message;
  private final BodyPaths bodyPaths;
  private @Nullable BodyValues body;

  MessageAdapter(Message message, BodyPaths bodyPaths) {
    this.message = message;
    this.bodyPaths = bodyPaths;
  }

  @Override
  public @Nullable String property(String name) {
    return message.properties().get(name);
  }

  @Override
  public boolean hasProperty(String name) {
    return message.properties().contains(name);
  }

  @Override
  public @Nullable String systemProperty(String name) {
    SystemProperty property = SystemProperty.byName(name);
    return property != null ? message.system().get(property) : ofTheHub(name);
  }

  @Override
  public boolean hasSystemProperty(String name) {
    return systemProperty(name) != null;
  }

  /** What the hub itself knows of the message. */
  private @Nullable String ofTheHub(String name) {
    Identity sender = message.source().sender();
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "connectiondeviceid" -> sender.deviceId();
      case "connectionmoduleid" ->
          sender instanceof Identity.Module module ? module.moduleId() : null;
      case "outputname" -> message.source().output();
      case "edgemessageid" -> message.id().toString();
      case "edgehuborigininterface" ->
          sender instanceof Identity.Module ? "internal" : "downstream";
      default -> null;
    };
  }

  @Override
  public Value body(BodyPath path) {
    if (body == null) {
      body =
          BodyValues.read(
              message.system().get(SystemProperty.CONTENT_TYPE),
              message.system().get(SystemProperty.CONTENT_ENCODING),
              message.body(),
              bodyPaths);
    }
    return body.value(path);
  }
}
