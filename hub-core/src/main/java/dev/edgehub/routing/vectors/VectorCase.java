package dev.edgehub.routing.vectors;

import com.fasterxml.jackson.databind.JsonNode;

/** One case of a file as it is written. */
final class VectorCase {

  private final JsonNode written;
  private final int number;
  private final JsonNode messages;

  /**
   * A case.
   *
   * @param number its place in the file, from 1
   * @param messages what the file's cases share
   */
  VectorCase(JsonNode written, int number, JsonNode messages) {
    this.written = written;
    this.number = number;
    this.messages = messages;
  }

  String id() {
    String id = written.path("id").textValue();
    return id == null || id.isEmpty() ? "#" + number : id;
  }

  void requireId() throws UnusableInputException {
    if (!written.isObject()) {
      throw new UnusableInputException(
          "expected a case to be an object, found " + VectorJson.kind(written));
    }
    if (text("id").isEmpty()) {
      throw new UnusableInputException("expected an id that is not empty");
    }
  }

  String kind() {
    return written.path("kind").asText();
  }

  boolean has(String name) {
    return written.has(name);
  }

  JsonNode required(String name) throws UnusableInputException {
    JsonNode value = written.get(name);
    if (value == null) {
      throw new UnusableInputException("expected a member " + name + ", found nothing");
    }
    return value;
  }

  String text(String name) throws UnusableInputException {
    JsonNode value = written.get(name);
    if (value == null || !value.isTextual()) {
      throw new UnusableInputException(
          "expected " + name + " to be a text, found " + VectorJson.kind(value));
    }
    return value.textValue();
  }

  JsonNode object(String name) throws UnusableInputException {
    JsonNode value = written.get(name);
    if (value == null || !value.isObject()) {
      throw new UnusableInputException(
          "expected " + name + " to be an object, found " + VectorJson.kind(value));
    }
    return value;
  }

  /** The case's own message, or the shared one that it names. */
  VectorMessage message() throws UnusableInputException {
    JsonNode message = required("message");
    if (!message.isTextual()) {
      return VectorMessage.of(message);
    }
    JsonNode shared = messages.get(message.textValue());
    if (shared == null) {
      throw new UnusableInputException("the file has no message named " + message);
    }
    return VectorMessage.of(shared);
  }
}
