package dev.edgehub.mqtt.topic;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Percent-encoding of UTF-8 text (RFC 3986): everything but unreserved characters, {@code +} kept.
 */
public final class PercentCoding {

  private static final BitSet UNRESERVED = new BitSet(128);
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  static {
    for (char c :
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".toCharArray()) {
      UNRESERVED.set(c);
    }
  }

  private PercentCoding() {}

  /** The text, encoded. */
  public static String encoded(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    encode(text, out);
    return out.toString();
  }

  /** Appends the text, encoded. */
  public static void encode(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        encodeBytes(text.substring(i).getBytes(StandardCharsets.UTF_8), out);
        return;
      }
      if (UNRESERVED.get(c)) {
        out.append(c);
      } else {
        out.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
  }

  private static void encodeBytes(byte[] utf8, StringBuilder out) {
    for (byte b : utf8) {
      if (b >= 0 && UNRESERVED.get(b)) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
      }
    }
  }

  /** The text that was encoded; a {@code %} without two hexadecimal digits stands for itself. */
  public static String decode(String text) {
    int percent = text.indexOf('%');
    if (percent < 0) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
      if (in[i] == '%' && high >= 0 && low >= 0) {
        out[length++] = (byte) ((high << 4) | low);
        i += 2;
      } else {
        out[length++] = in[i];
      }
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }
}
