package dev.edgehub.lang;

/** What kind of mistake an issue is. The names are what tools compare. */
public enum IssueCode {
  SYNTAX("syntax"),
  INVALID_SYMBOL("invalid-symbol"),
  UNTERMINATED_STRING("unterminated-string"),
  MISSING_CLOSE_PAREN("missing-close-paren"),
  EXTRA_CLOSE_PAREN("extra-close-paren"),
  OPERAND_TYPES("operand-types"),
  ARGUMENT_TYPES("argument-types"),
  UNKNOWN_FUNCTION("unknown-function"),
  SINK("sink"),
  TOO_LARGE("too-large"),
  MISSING_BODY_VALUE("missing-body-value"),
  OPERATOR_IN_NAME("operator-in-name"),
  QUOTE_IN_NAME("quote-in-name"),
  WORD_IN_CAPITALS("word-in-capitals"),
  UNKNOWN_SYSTEM_PROPERTY("unknown-system-property"),
  SOURCE_MATCHES_NOTHING("source-matches-nothing"),
  WILDCARD_INSIDE("wildcard-inside"),
  NEVER_TRUE("never-true");

  private final String id;

  IssueCode(String id) {
    this.id = id;
  }

  /** The code as documents and machine-readable output print it. */
  public String id() {
    return id;
  }
}
