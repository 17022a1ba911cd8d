package dev.edgehub.lang;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.MessageView;
import dev.edgehub.lang.eval.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A message of the vector files, read with the body rules of the language. */
final class JsonMessage implements MessageView {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final Map<String, Charset> ENCODINGS =
      Map.of(
          "utf-8", StandardCharsets.UTF_8,
          "utf-16", StandardCharsets.UTF_16LE,
          "utf-32", Charset.forName("UTF-32LE"));
  private static final Pattern DATE =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.{0,21}|/Date\\(-?\\d+\\)/");

  private final Map<String, Optional<String>> properties;
  private final Map<String, Optional<String>> systemProperties;
  private final Optional<JsonNode> body;

  JsonMessage(JsonNode message) {
    properties = texts(message.path("properties"));
    systemProperties = texts(message.path("systemProperties"));
    body = parse(bytes(message));
  }

  private static Map<String, Optional<String>> texts(JsonNode object) {
    Map<String, Optional<String>> texts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    object
        .properties()
        .forEach(
            entry -> texts.put(entry.getKey(), Optional.ofNullable(entry.getValue().textValue())));
    return texts;
  }

  private static byte[] bytes(JsonNode message) {
    if (message.has("bodyBase64")) {
      return Base64.getDecoder().decode(message.get("bodyBase64").textValue());
    }
    String text =
        message.has("body") ? message.get("body").toString() : message.path("bodyText").asText();
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Optional<JsonNode> parse(byte[] bytes) {
    Charset charset = ENCODINGS.get(lower("contentEncoding"));
    if (charset == null || !lower("contentType").equals("application/json")) {
      return Optional.empty();
    }
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private String lower(String name) {
    String text = systemProperty(name);
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  /** The path that source patterns are matched with. */
  String sourcePath() {
    if (lower("messageType").equals("twinchangenotification")) {
      return "/twinChangeNotifications/";
    }
    String module = systemProperty("connectionModuleId");
    if (module == null) {
      return "/messages/";
    }
    String output = systemProperty("outputName");
    return "/messages/modules/" + module + "/" + (output == null ? "" : "outputs/" + output + "/");
  }

  @Override
  public String property(String name) {
    return properties.getOrDefault(name, Optional.empty()).orElse(null);
  }

  @Override
  public boolean hasProperty(String name) {
    return properties.containsKey(name);
  }

  @Override
  public String systemProperty(String name) {
    return systemProperties.getOrDefault(name, Optional.empty()).orElse(null);
  }

  @Override
  public boolean hasSystemProperty(String name) {
    return systemProperties.containsKey(name);
  }

  @Override
  public Value body(BodyPath path) {
    if (body.isEmpty()) {
      return Value.UNDEFINED;
    }
    JsonNode node = body.get();
    for (BodyPath.Step step : path.steps()) {
      node =
          step instanceof BodyPath.Member member
              ? node.path(member.name())
              : node.path(((BodyPath.Element) step).index());
    }
    return value(node);
  }

  private static Value value(JsonNode node) {
    return switch (node.getNodeType()) {
      case MISSING -> Value.MISSING;
      case NULL -> Value.NULL;
      case BOOLEAN -> node.booleanValue() ? Value.TRUE : Value.FALSE;
      case NUMBER -> new Value.Num(node.doubleValue());
      case STRING ->
          DATE.matcher(node.textValue()).matches()
              ? Value.UNDEFINED
              : new Value.Text(node.textValue());
      case ARRAY, OBJECT, BINARY, POJO -> Value.UNDEFINED;
    };
  }
}
