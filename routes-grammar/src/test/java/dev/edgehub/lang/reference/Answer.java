package dev.edgehub.lang.reference;

/**
 * A value with its static type.
 *
 * @param value a Boolean, a Double that is a number, a String, or a {@link Special}
 */
record Answer(Type type, Object value) {

  /** What is neither bool, number nor text. */
  enum Special {
    UNDEFINED,
    NULL,
    /** The value of a property that is null: given, but nothing to compare. */
    EMPTY,
    /** A body path that leads nowhere: null, but not defined. */
    MISSING
  }

  static final Answer NOT_DEFINED = new Answer(Type.UNDEFINED, Special.UNDEFINED);

  /** NaN is the undefined number. */
  static Answer of(Type type, Object value) {
    boolean nan = value instanceof Double number && Double.isNaN(number);
    return new Answer(type, nan ? Special.UNDEFINED : value);
  }

  boolean isUndefined() {
    return value == Special.UNDEFINED;
  }

  boolean isNull() {
    return value == Special.NULL || value == Special.MISSING || value == Special.EMPTY;
  }

  boolean isDynamic() {
    return type == Type.DYNAMIC;
  }
}
