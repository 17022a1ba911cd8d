package dev.edgehub.routing.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.edgehub.lang.eval.MessageView;
import dev.edgehub.routing.body.BodyPaths;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A message as it is written in files: any properties, system properties of any name, and a body as
 * JSON, text or bytes. Immutable.
 */
public final class VectorMessage {

  private static final Set<String> MEMBERS =
      Set.of("systemProperties", "properties", "body", "bodyText", "bodyBase64");

  private final Map<String, Optional<String>> system;
  private final Map<String, Optional<String>> properties;
  private final byte[] body;
  private final List<String> warnings = new ArrayList<>();

  private VectorMessage(JsonNode message) throws UnusableInputException {
    if (!message.isObject()) {
      throw new UnusableInputException(
          "expected a message to be an object, found " + VectorJson.kind(message));
    }
    this.system = texts(message, "systemProperties");
    this.properties = texts(message, "properties");
    this.body = body(message);
    message
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!MEMBERS.contains(name)) {
                warnings.add("the message's member " + name + " means nothing");
              }
            });
  }

  /**
   * Reads the bytes of a file (UTF-8 JSON); wrong ones never throw.
   *
   * @param name of a message of a vector file; null if the file is one message
   */
  public static MessageResult read(byte[] json, @Nullable String name) {
    try {
      JsonNode root = VectorJson.object(json);
      return new MessageResult.Usable(of(name == null ? alone(root) : shared(root, name)));
    } catch (UnusableInputException e) {
      return new MessageResult.Unusable(e.why());
    }
  }

  private static JsonNode alone(JsonNode root) throws UnusableInputException {
    if (root.has("format") || root.has("cases")) {
      throw new UnusableInputException(
          "expected one message, found a vector file; name one of its messages");
    }
    return root;
  }

  private static JsonNode shared(JsonNode root, String name) throws UnusableInputException {
    VectorFile.of(root);
    JsonNode message = root.path("messages").get(name);
    if (message == null) {
      throw new UnusableInputException("the file has no message named " + name);
    }
    return message;
  }

  static VectorMessage of(JsonNode message) throws UnusableInputException {
    return new VectorMessage(message);
  }

  /** Names in any case; of two that differ by case only the last counts. */
  private static Map<String, Optional<String>> texts(JsonNode message, String member)
      throws UnusableInputException {
    Map<String, Optional<String>> texts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    JsonNode object = message.path(member);
    if (!object.isObject() && !object.isMissingNode()) {
      throw new UnusableInputException(
          "expected " + member + " to be an object, found " + VectorJson.kind(object));
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      JsonNode value = entry.getValue();
      if (!value.isTextual() && !value.isNull()) {
        throw new UnusableInputException(
            "expected "
                + member
                + "/"
                + entry.getKey()
                + " to be a text, found "
                + VectorJson.kind(value));
      }
      texts.put(entry.getKey(), Optional.ofNullable(value.textValue()));
    }
    return texts;
  }

  private static byte[] body(JsonNode message) throws UnusableInputException {
    List<String> forms =
        List.of("body", "bodyText", "bodyBase64").stream().filter(message::has).toList();
    if (forms.size() > 1) {
      throw new UnusableInputException("expected one body, found " + String.join(" and ", forms));
    }
    if (forms.isEmpty()) {
      return new byte[0];
    }
    JsonNode value = message.path(forms.get(0));
    if (forms.get(0).equals("body")) {
      return value.toString().getBytes(StandardCharsets.UTF_8);
    }
    if (!value.isTextual()) {
      throw new UnusableInputException(
          "expected " + forms.get(0) + " to be a text, found " + VectorJson.kind(value));
    }
    return forms.get(0).equals("bodyText")
        ? value.textValue().getBytes(StandardCharsets.UTF_8)
        : decoded(value.textValue());
  }

  private static byte[] decoded(String base64) throws UnusableInputException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new UnusableInputException("bodyBase64 is not base 64: " + e.getMessage());
    }
  }

  /** What is legal in the message but probably not meant. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** The path that source patterns are compared with; ends in {@code /}. */
  public String path() {
    if ("twinChangeNotification".equalsIgnoreCase(text(system, "messageType"))) {
      return "/twinChangeNotifications/";
    }
    String module = text(system, "connectionModuleId");
    if (module == null) {
      return "/messages/";
    }
    String output = text(system, "outputName");
    return "/messages/modules/" + module + (output == null ? "/" : "/outputs/" + output + "/");
  }

  /** The message as conditions see it. */
  MessageView view(BodyPaths paths) {
    return new VectorView(system, properties, body, paths);
  }

  BodyTrouble bodyTrouble() {
    return new BodyTrouble(text(system, "contentType"), text(system, "contentEncoding"), body);
  }

  static @Nullable String text(Map<String, Optional<String>> texts, String name) {
    Optional<String> text = texts.get(name);
    return text == null ? null : text.orElse(null);
  }
}
