package dev.edgehub.fuzz;

import dev.edgehub.lang.CompileLimits;
import dev.edgehub.lang.CompileResult;
import dev.edgehub.lang.CompileResult.Compiled;
import dev.edgehub.lang.CompileResult.Rejected;
import dev.edgehub.lang.RouteCompiler;
import dev.edgehub.lang.eval.Truth;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Evaluates any condition for any message. No evaluation throws, the same question has one answer,
 * and brackets around the whole change nothing.
 *
 * <p>Input: condition, properties, system properties and body, parted by bytes FF. Properties are
 * parted by bytes FE, each {@code name=value}, or a name alone for a null value.
 */
public final class ConditionTarget {

  private static final byte PART = (byte) 0xFF;
  private static final CompileLimits LIMITS = CompileLimits.DEFAULT;
  private static final RouteCompiler COMPILER = new RouteCompiler(LIMITS);

  /** With room for the brackets. */
  private static final RouteCompiler ROOMY =
      new RouteCompiler(
          new CompileLimits(
              LIMITS.maxTextLength() + 4, LIMITS.maxTokens() + 2, LIMITS.maxNesting() + 1));

  private ConditionTarget() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    List<byte[]> parts = split(input, PART);
    String condition = new String(parts.get(0), StandardCharsets.UTF_8);
    boolean again = Arrays.hashCode(input) % 4 == 0;
    Bounds.within(() -> evaluate(condition, parts.subList(1, parts.size()), again));
  }

  private static void evaluate(String condition, List<byte[]> parts, boolean again) {
    String text = "FROM /* WHERE " + condition + " INTO $upstream";
    CompileResult result = COMPILER.compile("fuzz", text);
    if (result instanceof Rejected rejected) {
      Shown.check(rejected.issues(), text);
      return;
    }
    Compiled compiled = (Compiled) result;
    Shown.check(compiled.warnings(), text);
    FuzzMessage message = new FuzzMessage(parts, compiled.route().bodyPaths());
    Truth answer = compiled.route().condition().evaluate(message);
    if (again) {
      check(answer, compiled.route().condition().evaluate(message), "the second time");
      check(answer, inBrackets(condition, parts), "in brackets");
    }
  }

  private static Truth inBrackets(String condition, List<byte[]> parts) {
    String text = "FROM /* WHERE (\n" + condition + "\n) INTO $upstream";
    if (!(ROOMY.compile("fuzz", text) instanceof Compiled compiled)) {
      throw new AssertionError("refused in brackets");
    }
    FuzzMessage message = new FuzzMessage(parts, compiled.route().bodyPaths());
    return compiled.route().condition().evaluate(message);
  }

  private static void check(Truth answer, Truth other, String when) {
    if (answer != other) {
      throw new AssertionError(answer + ", but " + other + " " + when);
    }
  }

  /** The parts between the marks; at least one. */
  static List<byte[]> split(byte[] bytes, byte mark) {
    List<byte[]> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == mark) {
        parts.add(Arrays.copyOfRange(bytes, start, i));
        start = i + 1;
      }
    }
    parts.add(Arrays.copyOfRange(bytes, start, bytes.length));
    return parts;
  }
}
