package dev.edgehub.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.lang.CompileResult.Compiled;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Random well-typed conditions, answered by the plan and by a reference that walks the text as it
 * was made. Replay with {@code -Dhub.seed=}.
 */
class RandomPlanTest {

  private static final int CONDITIONS = 5_000;

  private static final String MESSAGE =
      """
      {"systemProperties": {"contentType": "application/json", "contentEncoding": "utf-8",
        "rank": "7", "zone": "inner"},
       "properties": {"site": "North7", "level": "42", "empty": "", "blank": null, "$zone": "outer"},
       "body": {"n": 8, "z": 0, "t": "Pump", "on": true, "off": false, "nothing": null,
         "list": [1, "x"], "when": "2024-05-06T07:08:09Z"}}
      """;

  @Test
  void planAnswersAsTheReferenceDoes() throws Exception {
    long seed = Long.getLong("hub.seed", System.nanoTime());
    System.out.println("replay with -Dhub.seed=" + seed);
    RandomCondition random = new RandomCondition(seed);
    RouteCompiler compiler = new RouteCompiler(CompileLimits.DEFAULT);
    JsonMessage message = new JsonMessage(JsonMapper.builder().build().readTree(MESSAGE));

    for (int i = 0; i < CONDITIONS; i++) {
      RandomCondition.Sample sample = random.bool(4);
      String text = "FROM /* WHERE " + sample.text() + " INTO $upstream";
      CompileResult result = compiler.compile("r", text);
      Compiled compiled = assertInstanceOf(Compiled.class, result, () -> text + "\n" + result);
      String answer = compiled.route().condition().evaluate(message).name();
      assertEquals(
          String.valueOf(sample.value()).toLowerCase(Locale.ROOT),
          answer.toLowerCase(Locale.ROOT),
          () -> text + " with seed " + seed);
    }
  }
}
