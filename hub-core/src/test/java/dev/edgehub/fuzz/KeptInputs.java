package dev.edgehub.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What fuzzing has found stays found: every kept input, without a fuzzer. A subclass names the
 * targets in a static {@code targets()}.
 */
public abstract class KeptInputs {

  @ParameterizedTest
  @MethodSource("targets")
  void everyKeptInputPasses(FuzzTarget target) throws IOException {
    Map<String, byte[]> inputs = Corpus.read(target.corpus());
    assertFalse(inputs.isEmpty());
    for (Map.Entry<String, byte[]> input : inputs.entrySet()) {
      try {
        target.once().accept(input.getValue());
      } catch (RuntimeException | AssertionError e) {
        String bytes = Base64.getEncoder().encodeToString(input.getValue());
        fail(target + ", input " + input.getKey() + " in base 64: " + bytes, e);
      }
    }
  }
}
