package dev.edgehub.lang.eval;

import org.jspecify.annotations.Nullable;

/** One pass over the text of a number. */
final class NumberText {

  private final String text;
  private final StringBuilder normal = new StringBuilder();
  private int at;
  private boolean signed;
  private boolean negative;
  private boolean bracketed;

  NumberText(String text) {
    this.text = text;
  }

  /** The number as Java reads it, or null if the text is none. */
  @Nullable String normal() {
    skipSpace();
    readSign();
    if (!signed && at < text.length() && text.charAt(at) == '(') {
      at++;
      signed = true;
      negative = true;
      bracketed = true;
    }
    if (!readWord() && !readDigits()) {
      return null;
    }
    readEnd();
    if (at < text.length() || bracketed) {
      return null;
    }
    return negative ? normal.insert(0, '-').toString() : normal.toString();
  }

  private void skipSpace() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private boolean readSign() {
    if (!signed && at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
      signed = true;
      negative = text.charAt(at) == '-';
      at++;
      return true;
    }
    return false;
  }

  private boolean readWord() {
    if (text.regionMatches(true, at, "Infinity", 0, 8)) {
      at += 8;
      normal.append("Infinity");
      return true;
    }
    return false;
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
    skipSpace();
    if (bracketed && at < text.length() && text.charAt(at) == ')') {
      at++;
      bracketed = false;
    }
    readSign();
    skipSpace();
  }
}
