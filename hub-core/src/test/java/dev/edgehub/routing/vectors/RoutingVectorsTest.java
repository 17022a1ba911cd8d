package dev.edgehub.routing.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every case of the vector files passes. */
class RoutingVectorsTest {

  private static final List<String> FILES =
      List.of(
          "arithmetic",
          "body",
          "body-encoding",
          "concat-coalesce",
          "config",
          "decisions",
          "dispatch",
          "equality",
          "fn-math",
          "fn-string",
          "fn-type",
          "literals",
          "logic",
          "ordering",
          "properties",
          "route-parse",
          "route-source",
          "syntax");

  @TestFactory
  Stream<DynamicContainer> answersAsTheVectorsSay() {
    return FILES.stream()
        .map(
            file ->
                dynamicContainer(
                    file,
                    read(file).run().stream()
                        .map(
                            outcome ->
                                dynamicTest(
                                    outcome.id(),
                                    () -> assertTrue(outcome.passed(), outcome::toString)))));
  }

  @Test
  void missesNoCase() {
    Map<String, Integer> counts = new TreeMap<>();
    for (String file : FILES) {
      read(file).run().forEach(outcome -> counts.merge(outcome.kind(), 1, Integer::sum));
    }

    assertEquals(
        Map.of("condition", 635, "parse", 54, "source", 71, "dispatch", 20, "config", 14), counts);
  }

  @Test
  void findsNothingOddInTheFiles() {
    for (String file : FILES) {
      assertEquals(List.of(), read(file).warnings(), file);
    }
  }

  private static VectorFile read(String file) {
    try (InputStream in =
        RoutingVectorsTest.class.getResourceAsStream("/routing/" + file + ".json")) {
      VectorFileResult result = VectorFile.read(in.readAllBytes());
      return assertInstanceOf(VectorFileResult.Usable.class, result).file();
    } catch (IOException e) {
      throw new UncheckedIOException("vector file " + file, e);
    }
  }
}
