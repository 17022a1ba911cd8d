package dev.edgehub.launch.routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.lang.Quoted;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Standard output and standard error. Text is UTF-8 whatever the locale, JSON is ASCII; text of
 * others is escaped, so that no file can move a cursor.
 */
public final class Output {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final PrintStream out;
  private final PrintStream err;

  public Output(PrintStream out, PrintStream err) {
    this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
  }

  /** A line of results; what it quotes must be escaped already. */
  void line(String text) {
    out.println(text);
  }

  /** Lines of results, each behind {@code margin}. */
  void lines(String margin, String text) {
    out.println(text.lines().map(line -> margin + line).collect(Collectors.joining("\n")));
  }

  /** A complaint. */
  void complain(String text) {
    err.println("edge-hub: " + text);
  }

  /** Lines that belong to the complaint before, each behind {@code margin}. */
  void complain(String margin, String text) {
    err.println(text.lines().map(line -> margin + line).collect(Collectors.joining("\n")));
  }

  /** One JSON object as the last line. */
  void json(JsonNode object) {
    try {
      out.println(JSON.writeValueAsString(object));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  /** Text of others, each line by itself. */
  static String escaped(String text) {
    return text.lines().map(Quoted::escape).collect(Collectors.joining("\n"));
  }

  /** So many of a thing. */
  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
