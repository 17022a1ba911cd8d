package dev.edgehub.mqtt.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;

/**
 * What a request is answered with.
 *
 * @param status of HTTP, 200 to 599
 * @param json the body, UTF-8
 */
public record HttpAnswer(int status, byte[] json) {

  /** An answer that only says something, as IoT Hub does: {@code {"message": …}}. */
  public static HttpAnswer message(int status, String sentence) {
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(sentence));
    return new HttpAnswer(
        status, ("{\"message\":\"" + quoted + "\"}").getBytes(StandardCharsets.UTF_8));
  }
}
