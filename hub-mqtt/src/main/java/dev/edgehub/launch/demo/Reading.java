package dev.edgehub.launch.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One measurement, in the shape of the simulated temperature sensor's messages.
 *
 * @param id counts from 1; what the ledger goes by
 */
record Reading(long id, double celsius) {

  private static final JsonMapper JSON = new JsonMapper();

  byte[] toJson() {
    ObjectNode reading = JSON.createObjectNode();
    reading.put("sequence", id);
    reading.putObject("machine").put("temperature", celsius);
    return reading.toString().getBytes(StandardCharsets.UTF_8);
  }

  static Reading fromJson(byte[] body) {
    try {
      JsonNode reading = JSON.readTree(body);
      return new Reading(
          reading.path("sequence").asLong(),
          reading.path("machine").path("temperature").asDouble());
    } catch (IOException e) {
      throw new UncheckedIOException("expected a reading in JSON", e);
    }
  }
}
