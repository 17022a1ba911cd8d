package dev.edgehub.mqtt.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.netty.handler.codec.http.HttpResponseStatus;

/** What a request is answered. */
record Answer(HttpResponseStatus status, String type, String body) {

  private static final String JSON_TYPE = "application/json; charset=utf-8";
  private static final JsonMapper JSON = new JsonMapper();

  static Answer json(JsonNode body) {
    return new Answer(HttpResponseStatus.OK, JSON_TYPE, body.toString());
  }

  static Answer json(HttpResponseStatus status, JsonNode body) {
    return new Answer(status, JSON_TYPE, body.toString());
  }

  /** An error in words. */
  static Answer error(HttpResponseStatus status, String text) {
    return json(status, JSON.createObjectNode().put("message", text));
  }
}
