package dev.edgehub.lang.eval;

/** What the compiler knows of an expression's value. */
public enum StaticType {
  BOOL("bool"),
  NUMBER("number"),
  STRING("string"),
  /** The constant {@code null}, and logic that can only give it. */
  NULL("null"),
  /** The constant {@code undefined}. */
  UNDEFINED("undefined"),
  /** Known at run time only: body values and arithmetic on them. */
  DYNAMIC("body value");

  private final String text;

  StaticType(String text) {
    this.text = text;
  }

  /** The type as issues print it. */
  public String text() {
    return text;
  }
}
