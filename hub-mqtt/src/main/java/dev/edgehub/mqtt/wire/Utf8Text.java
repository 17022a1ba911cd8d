package dev.edgehub.mqtt.wire;

/**
 * What a string of MQTT must not hold (MQTT 5 and 3.1.1, 1.5.4 and 1.5.3): U+0000, surrogates,
 * bytes that are no UTF-8. Netty's decoder puts U+FFFD where bytes are wrong; a peer that sends
 * that character itself is taken for one that did.
 */
final class Utf8Text {

  private Utf8Text() {}

  static String checked(String text) {
    if (text.indexOf('\0') >= 0 || text.indexOf('\ufffd') >= 0) {
      throw new MalformedPacket("a text that is not UTF-8, or holds U+0000");
    }
    return text;
  }

  /** Whether a receiver may be sent the text. */
  static boolean isSendable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return false;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
