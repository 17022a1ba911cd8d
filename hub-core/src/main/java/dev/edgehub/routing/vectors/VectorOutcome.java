package dev.edgehub.routing.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of one case.
 *
 * @param id of the case; {@code #3} for the third of the file if it has none
 * @param kind as written; empty if there is none
 * @param failure null if the case passed
 */
public record VectorOutcome(String id, String kind, @Nullable Failure failure) {

  public VectorOutcome {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kind, "kind");
  }

  public boolean passed() {
    return failure == null;
  }

  /**
   * A case that did not pass.
   *
   * @param expected in the words of the format, or what the format asks for if the case is
   *     malformed
   * @param actual likewise
   * @param details what helps to see why, such as the issues of a route; one text each
   */
  public record Failure(JsonNode expected, JsonNode actual, List<String> details) {
    public Failure {
      Objects.requireNonNull(expected, "expected");
      Objects.requireNonNull(actual, "actual");
      details = List.copyOf(details);
    }
  }
}
