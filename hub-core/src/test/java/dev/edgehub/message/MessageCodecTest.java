package dev.edgehub.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.testing.MessageFixtures;
import dev.edgehub.testing.Seed;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageCodecTest {

  private static final String[] TEXTS = {
    "", "a", "plain text", "é", "€ and 漢字", "😀", "\u0000", "x".repeat(200), "ü".repeat(20_000)
  };

  private static void assertSame(Message expected, Message actual) {
    assertEquals(expected.id(), actual.id());
    assertEquals(expected.source(), actual.source());
    assertEquals(expected.source().path(), actual.source().path());
    assertEquals(expected.properties(), actual.properties());
    for (SystemProperty property : SystemProperty.values()) {
      assertEquals(expected.system().get(property), actual.system().get(property));
    }
    assertArrayEquals(expected.body(), actual.body());
    assertEquals(expected.size(), actual.size());
  }

  @Test
  void givesRandomMessagesBackAsTheyWere() throws UnreadableMessageException {
    Random random = Seed.random("MessageCodecTest");

    for (int i = 0; i < 2_000; i++) {
      Message message = randomMessage(random);
      assertSame(message, MessageCodec.decode(MessageCodec.encode(message)));
    }
  }

  private static Message randomMessage(Random random) {
    SystemProperties.Builder system = new SystemProperties.Builder();
    for (SystemProperty property : SystemProperty.values()) {
      if (random.nextInt(4) == 0) {
        system.set(property, text(random));
      }
    }
    Properties.Builder properties = new Properties.Builder();
    for (int count = random.nextInt(6); count > 0; count--) {
      properties.set(text(random), random.nextInt(4) == 0 ? null : text(random));
    }
    byte[] body = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(3_000)];
    random.nextBytes(body);
    return new Message(
        new EdgeMessageId(random.nextLong(), random.nextLong()),
        randomSource(random),
        system.build(),
        properties.build(),
        body);
  }

  private static MessageSource randomSource(Random random) {
    String device = "device-" + random.nextInt(100);
    return switch (random.nextInt(3)) {
      case 0 -> MessageSource.of(new Identity.Device(device));
      case 1 -> MessageSource.of(new Identity.Module(device, "$edgeHub"), null);
      default -> MessageSource.of(new Identity.Module(device, "m"), text(random));
    };
  }

  private static String text(Random random) {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  @Test
  void refusesEveryTruncation() {
    Message message =
        new Message(
            new EdgeMessageId(1, 2),
            MessageSource.of(MessageFixtures.PROBE, "alerts"),
            new SystemProperties.Builder().set(SystemProperty.MESSAGE_ID, "m-1").build(),
            new Properties.Builder().set("a", null).set("b", "é").build(),
            new byte[] {1, 2, 3});
    byte[] whole = MessageCodec.encode(message);

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(UnreadableMessageException.class, () -> MessageCodec.decode(cut));
    }
  }

  @Test
  void throwsNothingElseBecauseOfDamage() {
    Random random = Seed.random("MessageCodecTest damage");
    byte[] whole = MessageCodec.encode(randomMessage(random));

    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        damaged[random.nextInt(Math.min(60, damaged.length))] = (byte) random.nextInt(256);
      }
      try {
        MessageCodec.decode(damaged);
      } catch (UnreadableMessageException expected) {
        assertFalse(expected.getMessage().isEmpty());
      }
    }
  }

  @Test
  void refusesAMessageOfANewerVersion() {
    byte[] bytes = MessageCodec.encode(MessageFixtures.message("x"));
    bytes[0] = 2;

    UnreadableMessageException refused =
        assertThrows(UnreadableMessageException.class, () -> MessageCodec.decode(bytes));

    assertTrue(refused.getMessage().contains("version 2"), refused.getMessage());
  }

  @Test
  void keepsWhatIsOnTheDiskReadable() throws UnreadableMessageException {
    // written by version 1: device d, module m, output o, messageId i, a=null, b=c, body 0xff
    byte[] stored = {
      1,
      3,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      5,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      6,
      1,
      'd',
      1,
      'm',
      1,
      'o',
      1,
      1,
      1,
      'i',
      2,
      1,
      'a',
      0,
      1,
      'b',
      1,
      1,
      'c',
      1,
      (byte) 0xff
    };

    Message message = MessageCodec.decode(stored);

    assertEquals(new EdgeMessageId(5, 6), message.id());
    assertEquals(MessageSource.of(new Identity.Module("d", "m"), "o"), message.source());
    assertEquals("i", message.system().get(SystemProperty.MESSAGE_ID));
    assertTrue(message.properties().contains("a"));
    assertNull(message.properties().get("a"));
    assertEquals("c", message.properties().get("b"));
    assertArrayEquals(new byte[] {(byte) 0xff}, message.body());
    assertArrayEquals(stored, MessageCodec.encode(message));
  }
}
