package dev.edgehub.lang.eval;

/** Number functions; they answer NaN for undefined. */
final class Numbers {

  private Numbers() {}

  /** As IEEE has it: 1 to any power is 1, and so is -1 to an infinite one; Java says NaN. */
  static double power(double base, double exponent) {
    if (Double.isNaN(base) || Double.isNaN(exponent)) {
      return Double.NaN;
    }
    if (Double.isInfinite(exponent) && Math.abs(base) == 1) {
      return 1;
    }
    return Math.pow(base, exponent);
  }

  /**
   * Reads a number as people write it: white space around, a sign before or behind, round brackets
   * for a negative one, commas between digits, a decimal point, an exponent, or a word.
   */
  static double parse(String text) {
    String number = new NumberText(text).normal();
    return number == null ? Double.NaN : Double.parseDouble(number);
  }
}
