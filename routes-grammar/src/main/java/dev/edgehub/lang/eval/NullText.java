package dev.edgehub.lang.eval;

import org.jspecify.annotations.Nullable;

/**
 * A string that is null, as the value of a property may be: defined and empty when joined, yet
 * undefined in every comparison.
 */
record NullText() implements Value {

  /** Stands for such a string where a node answers with text; told apart by identity alone. */
  @SuppressWarnings("StringOperationCanBeSimplified") // the identity is the point
  static final String MARK = new String("");

  static final Value VALUE = new NullText();

  @SuppressWarnings("ReferenceEquality") // so that no text of a message can be taken for it
  static boolean isMark(@Nullable String raw) {
    return raw == MARK;
  }

  /** What {@link TextNode#text} answers where {@link TextNode#raw} answers this. */
  static @Nullable String text(@Nullable String raw) {
    return isMark(raw) ? null : raw;
  }

  /** What {@link TextNode#raw} answered as a body value. */
  static Value value(@Nullable String raw) {
    if (raw == null) {
      return Value.UNDEFINED;
    }
    return isMark(raw) ? VALUE : new Value.Text(raw);
  }

  @Override
  public Kind kind() {
    return Kind.UNDEFINED;
  }
}
