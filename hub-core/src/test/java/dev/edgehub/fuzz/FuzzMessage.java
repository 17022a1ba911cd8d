package dev.edgehub.fuzz;

import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.MessageView;
import dev.edgehub.lang.eval.Value;
import dev.edgehub.routing.body.BodyPaths;
import dev.edgehub.routing.body.BodyValues;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A message out of raw bytes: properties, system properties, body, each of which may be absent. */
final class FuzzMessage implements MessageView {

  private static final byte ENTRY = (byte) 0xFE;

  private final Map<String, Optional<String>> properties;
  private final Map<String, Optional<String>> systemProperties;
  private final BodyValues body;

  FuzzMessage(List<byte[]> parts, Collection<BodyPath> paths) {
    properties = entries(part(parts, 0));
    systemProperties = entries(part(parts, 1));
    systemProperties.putIfAbsent("contentType", Optional.of("application/json"));
    systemProperties.putIfAbsent("contentEncoding", Optional.of("utf-8"));
    body =
        BodyValues.read(
            systemProperty("contentType"),
            systemProperty("contentEncoding"),
            part(parts, 2),
            new BodyPaths(paths));
  }

  private static byte[] part(List<byte[]> parts, int index) {
    return index < parts.size() ? parts.get(index) : new byte[0];
  }

  private static Map<String, Optional<String>> entries(byte[] bytes) {
    Map<String, Optional<String>> entries = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (byte[] entry : ConditionTarget.split(bytes, ENTRY)) {
      String text = new String(entry, StandardCharsets.UTF_8);
      int equals = text.indexOf('=');
      entries.put(
          equals < 0 ? text : text.substring(0, equals),
          equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1)));
    }
    return entries;
  }

  @Override
  public @Nullable String property(String name) {
    return properties.getOrDefault(name, Optional.empty()).orElse(null);
  }

  @Override
  public boolean hasProperty(String name) {
    return properties.containsKey(name);
  }

  @Override
  public @Nullable String systemProperty(String name) {
    return systemProperties.getOrDefault(name, Optional.empty()).orElse(null);
  }

  @Override
  public boolean hasSystemProperty(String name) {
    return systemProperties.containsKey(name);
  }

  @Override
  public Value body(BodyPath path) {
    return body.value(path);
  }
}
