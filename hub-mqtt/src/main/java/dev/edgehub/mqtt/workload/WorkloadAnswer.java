package dev.edgehub.mqtt.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;

/**
 * An answer: a status and one line of ASCII JSON. The status is one word, because the Java SDK
 * takes a status line of exactly three.
 */
record WorkloadAnswer(HttpResponseStatus status, String json) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  static WorkloadAnswer ok(String member, String value) {
    return new WorkloadAnswer(new HttpResponseStatus(200, "OK"), json(member, value));
  }

  static WorkloadAnswer badRequest(String message) {
    return error(400, "BadRequest", message);
  }

  static WorkloadAnswer forbidden(String message) {
    return error(403, "Forbidden", message);
  }

  static WorkloadAnswer notFound(String message) {
    return error(404, "NotFound", message);
  }

  static WorkloadAnswer tooLarge(String message) {
    return error(413, "TooLarge", message);
  }

  static WorkloadAnswer failed(String message) {
    return error(500, "Failed", message);
  }

  private static WorkloadAnswer error(int code, String word, String message) {
    return new WorkloadAnswer(new HttpResponseStatus(code, word), json("message", message));
  }

  private static String json(String member, String value) {
    try {
      return JSON.writeValueAsString(Map.of(member, value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a text can always be written", e);
    }
  }
}
