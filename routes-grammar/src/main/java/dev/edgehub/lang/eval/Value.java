package dev.edgehub.lang.eval;

import java.util.Objects;

/** A value read from a message body, known only at run time. */
public sealed interface Value {

  /** Not readable, or of a kind that conditions do not see (object, array, date text). */
  Value UNDEFINED = new Undefined();

  /** JSON null. */
  Value NULL = new Null(true);

  /** The path leads nowhere: behaves as null, except that {@code is_defined} is false. */
  Value MISSING = new Null(false);

  Value TRUE = new Bool(true);
  Value FALSE = new Bool(false);

  /** Text of a JSON string. */
  record Text(String text) implements Value {
    public Text {
      Objects.requireNonNull(text, "text");
    }
  }

  /** A JSON number as IEEE double. */
  record Num(double number) implements Value {}

  /** A JSON boolean. */
  record Bool(boolean bool) implements Value {}

  /**
   * JSON null, or a path that leads nowhere.
   *
   * @param present whether the body holds an explicit null
   */
  record Null(boolean present) implements Value {}

  /** No value. */
  record Undefined() implements Value {}
}
