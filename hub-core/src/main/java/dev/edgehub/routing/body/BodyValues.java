package dev.edgehub.routing.body;

import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.Value;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The values of all body paths of a route table in one message, read in one pass without building a
 * tree. A body that is not one JSON object to its end makes every path undefined; of members with
 * the same name the last counts.
 */
public final class BodyValues {

  /** Deeper bodies are unreadable. */
  public static final int MAX_DEPTH = BodyReader.MAX_DEPTH;

  /** A number with more digits makes the body unreadable. */
  public static final int MAX_DIGITS = JsonScanner.MAX_DIGITS;

  private final BodyPaths paths;
  private final @Nullable Found found;

  private BodyValues(BodyPaths paths, @Nullable Found found) {
    this.paths = paths;
    this.found = found;
  }

  /**
   * Reads a body once, to its end. Never throws because of its content.
   *
   * @param contentType as the message names it; anything but {@code application/json} makes every
   *     path undefined
   * @param contentEncoding as the message names it: {@code utf-8}, {@code utf-16} or {@code utf-32}
   */
  public static BodyValues read(
      @Nullable String contentType,
      @Nullable String contentEncoding,
      byte[] bytes,
      BodyPaths paths) {
    byte[] utf8 =
        "application/json".equalsIgnoreCase(contentType) ? utf8(bytes, contentEncoding) : null;
    return new BodyValues(paths, utf8 == null ? null : BodyReader.read(utf8, paths));
  }

  /**
   * The value at a path.
   *
   * @throws IllegalArgumentException for a path that is not one of those the body was read for
   */
  public Value value(BodyPath path) {
    PathNode end = paths.end(path);
    if (end == null) {
      throw new IllegalArgumentException("not a path of this table: " + path.text());
    }
    return found == null ? Value.UNDEFINED : found.get(end);
  }

  /** The body in UTF-8; null when it is not in the encoding that the message names. */
  private static byte @Nullable [] utf8(byte[] body, @Nullable String encoding) {
    if ("utf-8".equalsIgnoreCase(encoding)) {
      return body; // the reader checks it
    }
    if ("utf-16".equalsIgnoreCase(encoding)) {
      return recoded(body, StandardCharsets.UTF_16LE);
    }
    return "utf-32".equalsIgnoreCase(encoding) ? recoded(body, Charset.forName("UTF-32LE")) : null;
  }

  private static byte @Nullable [] recoded(byte[] body, Charset charset) {
    try {
      CharBuffer text = charset.newDecoder().decode(ByteBuffer.wrap(body));
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(text);
      byte[] utf8 = new byte[encoded.remaining()];
      encoded.get(utf8);
      return utf8;
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
