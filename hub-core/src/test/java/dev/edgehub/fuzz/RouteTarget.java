package dev.edgehub.fuzz;

import dev.edgehub.lang.CompileLimits;
import dev.edgehub.lang.CompileResult;
import dev.edgehub.lang.CompileResult.Compiled;
import dev.edgehub.lang.CompileResult.Rejected;
import dev.edgehub.lang.CompiledRoute;
import dev.edgehub.lang.RouteCompiler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Compiles any text as a route. There is always a result, its issues stand inside the text and can
 * be printed, and the same text gives the same result.
 *
 * <p>Input: the text in UTF-8, or in UTF-16 behind a byte FF, which reaches unpaired surrogates.
 */
public final class RouteTarget {

  private static final RouteCompiler COMPILER = new RouteCompiler(CompileLimits.DEFAULT);

  private RouteTarget() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = text(input);
    Bounds.within(() -> compile(text, Arrays.hashCode(input) % 8 == 0));
  }

  private static String text(byte[] input) {
    return input.length > 0 && input[0] == (byte) 0xFF
        ? new String(input, 1, input.length - 1, StandardCharsets.UTF_16LE)
        : new String(input, StandardCharsets.UTF_8);
  }

  private static void compile(String text, boolean again) {
    CompileResult result = COMPILER.compile("fuzz", text);
    Shown.check(
        result instanceof Compiled compiled ? compiled.warnings() : ((Rejected) result).issues(),
        text);
    if (again && !same(result, COMPILER.compile("fuzz", text))) {
      throw new AssertionError("two results for one text");
    }
  }

  private static boolean same(CompileResult one, CompileResult other) {
    if (!(one instanceof Compiled a) || !(other instanceof Compiled b)) {
      return one.equals(other);
    }
    CompiledRoute first = a.route();
    CompiledRoute second = b.route();
    return a.warnings().equals(b.warnings())
        && first.source().equals(second.source())
        && first.sink().equals(second.sink())
        && first.bodyPaths().equals(second.bodyPaths());
  }
}
