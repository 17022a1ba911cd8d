package dev.edgehub.lang;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A route text as the lexer reads it. Unlike the streams of the library it counts UTF-16 units, as
 * columns and offsets here do, and takes unpaired surrogates as they come.
 */
final class RouteChars implements CharStream {

  /**
   * Stands for itself and all characters behind it, which mean the same to every rule: letters of a
   * name. The lexer remembers its way for ASCII only and would find it anew for each of the others.
   */
  private static final int ANY_OTHER = 0x7f;

  private final String text;
  private int index;

  RouteChars(String text) {
    this.text = text;
  }

  @Override
  public String getText(Interval interval) {
    int end = Math.min(interval.b + 1, text.length());
    return interval.a >= end ? "" : text.substring(interval.a, end);
  }

  @Override
  public void consume() {
    if (index == text.length()) {
      throw new IllegalStateException("the lexer read past the end");
    }
    index++;
  }

  @Override
  public int LA(int offset) {
    int at = offset > 0 ? index + offset - 1 : index + offset;
    if (at < 0 || at >= text.length() || offset == 0) {
      return IntStream.EOF;
    }
    return Math.min(text.charAt(at), ANY_OTHER);
  }

  @Override
  public int mark() {
    return -1;
  }

  @Override
  public void release(int marker) {
    // the whole text stays in memory
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public void seek(int position) {
    index = Math.min(position, text.length());
  }

  @Override
  public int size() {
    return text.length();
  }

  @Override
  public String getSourceName() {
    return "route";
  }
}
