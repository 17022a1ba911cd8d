package dev.edgehub.testing;

import dev.edgehub.message.EdgeMessageId;
import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageSource;
import dev.edgehub.message.Properties;
import dev.edgehub.message.SystemProperties;
import dev.edgehub.message.SystemProperty;
import java.nio.charset.StandardCharsets;

/** Messages for tests that care about little of them. */
public final class MessageFixtures {

  public static final Identity.Device LEAF = new Identity.Device("leaf-9");
  public static final Identity.Module PROBE = new Identity.Module("edge-01", "probe");

  private MessageFixtures() {}

  /** Telemetry of a leaf device without properties. */
  public static Message message(String body) {
    return message(MessageSource.of(LEAF), body);
  }

  public static Message message(MessageSource source, String body) {
    return new Message(
        new EdgeMessageId(7, 1),
        source,
        SystemProperties.NONE,
        Properties.NONE,
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** A message that says its body is JSON in that encoding. */
  public static Message json(String contentEncoding, byte[] body) {
    SystemProperties system =
        new SystemProperties.Builder()
            .set(SystemProperty.CONTENT_TYPE, "application/json")
            .set(SystemProperty.CONTENT_ENCODING, contentEncoding)
            .build();
    return new Message(
        new EdgeMessageId(7, 1), MessageSource.of(LEAF), system, Properties.NONE, body);
  }

  /** A message that says its body is JSON in UTF-8. */
  public static Message json(String body) {
    return json("utf-8", body.getBytes(StandardCharsets.UTF_8));
  }
}
