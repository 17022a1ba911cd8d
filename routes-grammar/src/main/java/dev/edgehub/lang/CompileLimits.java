package dev.edgehub.lang;

/**
 * What an untrusted route text may cost. Checked before the parser recurses.
 *
 * @param maxTextLength UTF-16 units of one route text
 * @param maxTokens tokens of one route text
 * @param maxNesting depth of parentheses, function calls and prefix operators
 */
public record CompileLimits(int maxTextLength, int maxTokens, int maxNesting) {

  /** 64 Ki characters, 8,192 tokens, 128 levels. */
  public static final CompileLimits DEFAULT = new CompileLimits(65_536, 8_192, 128);

  public CompileLimits {
    if (maxTextLength < 1 || maxTokens < 1 || maxNesting < 1) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
  }
}
