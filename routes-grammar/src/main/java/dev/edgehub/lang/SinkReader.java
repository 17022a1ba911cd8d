package dev.edgehub.lang;

import dev.edgehub.lang.grammar.RouteParser.SinkContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Reads what stands behind INTO. */
final class SinkReader {

  static final String FUNCTION = "BrokeredEndpoint";
  private static final String UPSTREAM = "$upstream";
  private static final String ADDRESS = "an address is \"/modules/<module>/inputs/<input>\"";

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
      add(function, "there is no sink " + name, "write $upstream or " + FUNCTION + "(\"\u2026\")");
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
    String address = quoted.substring(1, quoted.length() - 1).strip();
    if (address.startsWith("/")) {
      address = address.substring(1);
    }
    if (address.endsWith("/")) {
      address = address.substring(0, address.length() - 1);
    }
    String[] parts = address.split("/", -1);
    if (parts.length != 4) {
      add(string, "the address has " + parts.length + " parts, expected 4", ADDRESS);
      return null;
    }
    return new SinkRef.ModuleInput(parts[1], parts[3]);
  }

  private void add(Token place, String text, String hint) {
    issues.add(IssueCode.SINK, issues.spanOf(place), text, hint);
  }
}
