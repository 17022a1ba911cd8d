package dev.edgehub.lang.eval;

import java.util.Objects;

/** A value read from a message body, known only at run time. */
public sealed interface Value
    permits Value.Text, Value.Num, Value.Bool, Value.Null, Value.Undefined, NullText {

  /** What a value is; the first four are in the order in which values of two kinds compare. */
  enum Kind {
    BOOL,
    NUMBER,
    TEXT,
    NULL,
    UNDEFINED
  }

  /** Not readable, or of a kind that conditions do not see (object, array, date text). */
  Value UNDEFINED = new Undefined();

  /** JSON null. */
  Value NULL = new Null(true);

  /** The path leads nowhere: behaves as null, except that {@code is_defined} is false. */
  Value MISSING = new Null(false);

  Value TRUE = new Bool(true);
  Value FALSE = new Bool(false);

  /** What this value is. NaN is {@link Kind#UNDEFINED}. */
  Kind kind();

  /** Text of a JSON string. */
  record Text(String text) implements Value {
    public Text {
      Objects.requireNonNull(text, "text");
    }

    @Override
    public Kind kind() {
      return Kind.TEXT;
    }
  }

  /** A JSON number as IEEE double. */
  record Num(double number) implements Value {
    @Override
    public Kind kind() {
      return Double.isNaN(number) ? Kind.UNDEFINED : Kind.NUMBER;
    }
  }

  /** A JSON boolean. */
  record Bool(boolean bool) implements Value {
    @Override
    public Kind kind() {
      return Kind.BOOL;
    }
  }

  /**
   * JSON null, or a path that leads nowhere.
   *
   * @param present whether the body holds an explicit null
   */
  record Null(boolean present) implements Value {
    @Override
    public Kind kind() {
      return Kind.NULL;
    }
  }

  /** No value. */
  record Undefined() implements Value {
    @Override
    public Kind kind() {
      return Kind.UNDEFINED;
    }
  }
}
