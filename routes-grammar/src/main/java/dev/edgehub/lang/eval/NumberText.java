package dev.edgehub.lang.eval;

import org.jspecify.annotations.Nullable;

/**
 * One pass over the text of a number, written as the invariant culture of .NET has it: white space
 * around, one sign before or behind, round brackets for a negative number, the currency sign once,
 * commas behind digits, a decimal point, an exponent. Words are Infinity and NaN in any case.
 */
final class NumberText {

  private static final char CURRENCY = '\u00a4';

  private final String text;
  private final StringBuilder normal = new StringBuilder();
  private int at;
  private boolean signed;
  private boolean negative;
  private boolean bracketed;
  private boolean priced;

  NumberText(String text) {
    this.text = text;
  }

  /** The number as Java reads it, or null if the text is none. */
  @Nullable String normal() {
    readStart();
    if (!readDigits()) {
      return word();
    }
    readEnd();
    skipNul();
    if (at < text.length() || bracketed) {
      return null;
    }
    return negative ? normal.insert(0, '-').toString() : normal.toString();
  }

  /** White space does not separate a sign from its number, unless the currency sign does too. */
  private void readStart() {
    while (at < text.length()) {
      boolean space = isSpace(text.charAt(at)) && (!signed || priced);
      if (!space && !readSign() && !readOpening() && !readCurrency()) {
        return;
      }
      at += space ? 1 : 0;
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private boolean readSign() {
    if (signed || (text.charAt(at) != '+' && text.charAt(at) != '-')) {
      return false;
    }
    signed = true;
    negative = text.charAt(at) == '-';
    at++;
    return true;
  }

  private boolean readOpening() {
    if (signed || text.charAt(at) != '(') {
      return false;
    }
    signed = true;
    negative = true;
    bracketed = true;
    at++;
    return true;
  }

  private boolean readClosing() {
    if (!bracketed || text.charAt(at) != ')') {
      return false;
    }
    bracketed = false;
    at++;
    return true;
  }

  private boolean readCurrency() {
    if (priced || text.charAt(at) != CURRENCY) {
      return false;
    }
    priced = true;
    at++;
    return true;
  }

  private boolean readDigits() {
    int digits = readRun(true);
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      normal.append('.');
      digits += readRun(false);
    }
    if (digits == 0) {
      return false;
    }
    readExponent();
    return true;
  }

  private int readRun(boolean commas) {
    int digits = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c >= '0' && c <= '9') {
        normal.append(c);
        digits++;
      } else if (!(commas && c == ',' && digits > 0)) {
        break;
      }
    }
    return digits;
  }

  private void readExponent() {
    int start = at;
    int length = normal.length();
    if (at == text.length() || (text.charAt(at) != 'e' && text.charAt(at) != 'E')) {
      return;
    }
    at++;
    normal.append('e');
    if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
      normal.append(text.charAt(at++));
    }
    if (readRun(false) == 0) {
      at = start;
      normal.setLength(length);
    }
  }

  private void readEnd() {
    while (at < text.length()) {
      boolean space = isSpace(text.charAt(at));
      if (!space && !readSign() && !readClosing() && !readCurrency()) {
        return;
      }
      at += space ? 1 : 0;
    }
  }

  private void skipNul() {
    while (at < text.length() && text.charAt(at) == '\0') {
      at++;
    }
  }

  /** NaN is the undefined number, so only infinity is worth a word. */
  private @Nullable String word() {
    String word = Texts.trim(text);
    boolean infinite =
        word.equalsIgnoreCase("Infinity")
            || word.equalsIgnoreCase("-Infinity")
            || word.equalsIgnoreCase("+Infinity");
    if (!infinite) {
      return null;
    }
    return word.startsWith("-") ? "-Infinity" : "Infinity";
  }
}
