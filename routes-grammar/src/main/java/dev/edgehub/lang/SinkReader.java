package dev.edgehub.lang;

import dev.edgehub.lang.grammar.RouteParser.SinkContext;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Reads what stands behind INTO. */
final class SinkReader {

  static final String FUNCTION = "BrokeredEndpoint";
  private static final String UPSTREAM = "$upstream";
  static final String ADDRESS = "an address is \"/modules/<module>/inputs/<input>\"";

  private final Issues issues;

  SinkReader(Issues issues) {
    this.issues = issues;
  }

  /** The sink, or null when there is an issue. */
  @Nullable SinkRef read(SinkContext sink) {
    if (sink.SYS() != null) {
      return readUpstream(sink.SYS().getSymbol());
    }
    Token function = sink.ID().getSymbol();
    if (!function.getText().equalsIgnoreCase(FUNCTION)) {
      String name = Quoted.brief(function.getText());
      String nearest = Nearest.of(function.getText(), List.of(FUNCTION));
      String hint =
          nearest == null ? "write $upstream or " + FUNCTION + "(\"\u2026\")" : "write " + nearest;
      add(function, "there is no sink " + name, hint);
      return null;
    }
    return readAddress(sink.STRING().getSymbol());
  }

  private @Nullable SinkRef readUpstream(Token name) {
    if (name.getText().equalsIgnoreCase(UPSTREAM)) {
      return new SinkRef.Upstream();
    }
    add(name, "there is no sink " + Quoted.brief(name.getText()), "write $upstream");
    return null;
  }

  /** The string counts as it is written: escapes mean nothing here. */
  private @Nullable SinkRef readAddress(Token string) {
    String quoted = string.getText();
    String address = trimmed(quoted.substring(1, quoted.length() - 1));
    if (address.startsWith("/")) {
      address = address.substring(1);
    }
    if (address.endsWith("/")) {
      address = address.substring(0, address.length() - 1);
    }
    String[] parts = address.split("/", -1);
    if (parts.length != 4) {
      String found =
          address.isEmpty()
              ? "the address is empty"
              : "the address has " + parts(parts.length) + ", not 4";
      add(string, found, ADDRESS);
      return null;
    }
    return new SinkRef.ModuleInput(parts[1], parts[3]);
  }

  private static String parts(int count) {
    return count == 1 ? "1 part" : count + " parts";
  }

  /** Without white space at either end, that of Unicode included. */
  private static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
  }

  private void add(Token place, String text, String hint) {
    issues.add(IssueCode.SINK, issues.spanOf(place), text, hint);
  }
}
