package dev.edgehub.mqtt.admin;

import dev.edgehub.message.SinkId;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The parameters of a request that concerns one queue: {@code queue, id, priority, ttl}. */
final class QueueRequest {

  private final Map<String, List<String>> parameters;

  private QueueRequest(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads the part behind the question mark.
   *
   * @throws IllegalArgumentException when it is no query
   */
  static QueueRequest of(String uri) {
    return new QueueRequest(new QueryStringDecoder(uri).parameters());
  }

  boolean has(String name) {
    return parameters.containsKey(name);
  }

  /**
   * The sink that is named.
   *
   * @throws IllegalArgumentException when none is
   */
  SinkId sink() {
    String name = parameters.getOrDefault("queue", List.of("")).get(0);
    Optional<SinkId> sink = SinkId.parse(name);
    return sink.orElseThrow(
        () ->
            new IllegalArgumentException(
                "expected the name of a sink as edge-hub queues prints it (upstream or"
                    + " modules/MODULE/inputs/INPUT), found \""
                    + (name.length() > 200 ? name.substring(0, 200) + "…" : name)
                    + "\""));
  }

  /**
   * A number that may be absent.
   *
   * @throws IllegalArgumentException when it is no number or out of range
   */
  OptionalLong number(String name, long least, long most) {
    List<String> values = parameters.get(name);
    if (values == null) {
      return OptionalLong.empty();
    }
    String text = values.get(0);
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return OptionalLong.of(value);
      }
    } catch (NumberFormatException e) {
      // told below, like one that is out of range
    }
    throw new IllegalArgumentException(
        name
            + ": expected a number from "
            + least
            + " to "
            + most
            + ", found \""
            + (text.length() > 40 ? text.substring(0, 40) + "…" : text)
            + "\"");
  }
}
