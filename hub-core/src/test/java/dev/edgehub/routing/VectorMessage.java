package dev.edgehub.routing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.MessageView;
import dev.edgehub.lang.eval.Value;
import dev.edgehub.message.EdgeMessageId;
import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageSource;
import dev.edgehub.message.Properties;
import dev.edgehub.message.SystemProperties;
import dev.edgehub.message.SystemProperty;
import dev.edgehub.routing.body.BodyPaths;
import dev.edgehub.testing.MessageFixtures;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message of the vector files as the hub's own. System properties that no message of this version
 * can carry (twin notifications, made-up names) are laid over it.
 */
final class VectorMessage {

  private final Message message;
  private final Map<String, String> overlay = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  VectorMessage(JsonNode vector) {
    JsonNode names = vector.path("systemProperties");
    SystemProperties.Builder system = new SystemProperties.Builder();
    for (Map.Entry<String, JsonNode> property : names.properties()) {
      SystemProperty known = SystemProperty.byName(property.getKey());
      if (known != null) {
        system.set(known, property.getValue().textValue());
      } else {
        overlay.put(property.getKey(), property.getValue().textValue());
      }
    }
    Properties.Builder properties = new Properties.Builder();
    vector
        .path("properties")
        .properties()
        .forEach(property -> properties.set(property.getKey(), property.getValue().textValue()));
    message =
        new Message(
            new EdgeMessageId(1, 1),
            source(names),
            system.build(),
            properties.build(),
            body(vector));
  }

  private static MessageSource source(JsonNode names) {
    String device = names.path("connectionDeviceId").asText(MessageFixtures.LEAF.deviceId());
    String module = names.path("connectionModuleId").textValue();
    return module == null
        ? MessageSource.of(new Identity.Device(device))
        : MessageSource.of(
            new Identity.Module(device, module), names.path("outputName").textValue());
  }

  private static byte[] body(JsonNode vector) {
    if (vector.has("bodyBase64")) {
      return Base64.getDecoder().decode(vector.get("bodyBase64").textValue());
    }
    String text =
        vector.has("body") ? vector.get("body").toString() : vector.path("bodyText").asText();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Twins come with a later version; until then no message of the hub has their path. */
  String path() {
    return "twinChangeNotification".equals(overlay.get("messageType"))
        ? "/twinChangeNotifications/"
        : message.source().path();
  }

  MessageView view(BodyPaths paths) {
    return new Overlaid(new MessageAdapter(message, paths), overlay);
  }

  private record Overlaid(MessageView under, Map<String, String> overlay) implements MessageView {

    @Override
    public @Nullable String property(String name) {
      return under.property(name);
    }

    @Override
    public boolean hasProperty(String name) {
      return under.hasProperty(name);
    }

    @Override
    public @Nullable String systemProperty(String name) {
      String value = under.systemProperty(name);
      return value == null ? overlay.get(name) : value;
    }

    @Override
    public boolean hasSystemProperty(String name) {
      return under.hasSystemProperty(name) || overlay.containsKey(name);
    }

    @Override
    public Value body(BodyPath path) {
      return under.body(path);
    }
  }
}
