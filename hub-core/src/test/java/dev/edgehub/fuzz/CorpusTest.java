package dev.edgehub.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What fuzzing has found stays found: every kept input, without a fuzzer. */
class CorpusTest {

  @ParameterizedTest
  @EnumSource(FuzzTarget.class)
  void everyKeptInputPasses(FuzzTarget target) throws IOException {
    Map<String, byte[]> inputs = Corpus.read(target.corpus());
    assertFalse(inputs.isEmpty());
    for (Map.Entry<String, byte[]> input : inputs.entrySet()) {
      try {
        target.run(input.getValue());
      } catch (RuntimeException | AssertionError e) {
        String bytes = Base64.getEncoder().encodeToString(input.getValue());
        fail(target + ", input " + input.getKey() + " in base 64: " + bytes, e);
      }
    }
  }
}
