package dev.edgehub.mqtt.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.deadletter.DeadLetter;
import dev.edgehub.deadletter.FiledLetter;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageCodec;
import dev.edgehub.message.SystemProperty;
import dev.edgehub.message.UnreadableMessageException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Dead letters as JSON. */
final class DeadLetterJson {

  /** Of a body, so that looking at one letter never costs more than that. */
  private static final int SHOWN_BYTES = 64 << 10;

  private DeadLetterJson() {}

  /**
   * One line of a list.
   *
   * @param wall the letter's times by the wall clock
   */
  static void line(FiledLetter filed, LongUnaryOperator wall, ObjectNode json) {
    json.put("id", filed.id());
    json.put("bytes", filed.bytes());
    DeadLetter letter = filed.letter();
    if (letter == null) {
      json.put("cause", "unreadable");
      json.put("reason", filed.trouble());
      return;
    }
    json.put("cause", letter.cause().name().toLowerCase(Locale.ROOT));
    json.put("reason", letter.why());
    json.put("at", instant(letter.atMillis(), wall));
    json.put("attempts", letter.attempts());
    json.put("priority", letter.priority());
    json.put("offset", letter.offset());
    json.put("enqueued", instant(letter.enqueuedMillis(), wall));
    json.put("deadline", instant(letter.deadlineMillis(), wall));
  }

  private static @Nullable String instant(long millis, LongUnaryOperator wall) {
    long shown = wall.applyAsLong(millis);
    return shown == Long.MAX_VALUE ? null : Instant.ofEpochMilli(shown).toString();
  }

  /** Everything of one letter, its body cut to what is shown. */
  static void whole(FiledLetter filed, LongUnaryOperator wall, ObjectNode json) {
    line(filed, wall, json);
    DeadLetter letter = filed.letter();
    if (letter == null) {
      return;
    }
    try {
      Message message = MessageCodec.decode(letter.stored());
      json.put("edgeMessageId", message.id().toString());
      json.put("from", message.source().sender().id());
      json.put("output", message.source().output());
      ObjectNode system = json.putObject("systemProperties");
      for (SystemProperty property : SystemProperty.values()) {
        String value = message.system().get(property);
        if (value != null) {
          system.put(property.propertyName(), value);
        }
      }
      ObjectNode properties = json.putObject("properties");
      for (int i = 0; i < message.properties().size(); i++) {
        properties.put(message.properties().name(i), message.properties().value(i));
      }
      body(message.body(), json);
    } catch (UnreadableMessageException e) {
      body(letter.stored(), json);
    }
  }

  private static void body(byte[] body, ObjectNode json) {
    json.put("bodyBytes", body.length);
    boolean cut = body.length > SHOWN_BYTES;
    byte[] shown = cut ? Arrays.copyOf(body, SHOWN_BYTES) : body;
    json.put("bodyCut", cut);
    try {
      // a character may have been cut in two: then the rest is text all the same
      int end = cut ? wholeCharacters(shown) : shown.length;
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(shown, 0, end)).toString();
      json.put("bodyEncoding", "utf-8").put("body", text);
    } catch (CharacterCodingException e) {
      json.put("bodyEncoding", "base64").put("body", Base64.getEncoder().encodeToString(shown));
    }
  }

  private static int wholeCharacters(byte[] bytes) {
    int end = bytes.length;
    for (int back = 1; back <= 4 && back <= end; back++) {
      int b = bytes[end - back] & 0xff;
      if (b < 0x80) {
        return end;
      }
      if (b >= 0xc0) {
        return end - back; // the start of the last character: whether it is whole does not matter
      }
    }
    return end;
  }
}
