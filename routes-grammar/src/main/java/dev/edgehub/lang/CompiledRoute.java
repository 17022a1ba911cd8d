package dev.edgehub.lang;

import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.Condition;
import java.util.Objects;
import java.util.Set;

/**
 * A route ready to run.
 *
 * @param name as given to the compiler
 * @param text as given to the compiler
 * @param conditionText the condition as written, {@code true} without WHERE
 * @param bodyPaths every body path its condition may ask for
 */
public record CompiledRoute(
    String name,
    String text,
    SourcePattern source,
    Condition condition,
    String conditionText,
    SinkRef sink,
    Set<BodyPath> bodyPaths) {

  public CompiledRoute {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(conditionText, "conditionText");
    Objects.requireNonNull(sink, "sink");
    bodyPaths = Set.copyOf(bodyPaths);
  }
}
