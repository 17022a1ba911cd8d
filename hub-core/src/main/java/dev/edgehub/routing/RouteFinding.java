package dev.edgehub.routing;

import dev.edgehub.lang.RouteIssue;
import java.util.Objects;

/**
 * Something wrong, or probably not meant, in one route of a set.
 *
 * @param source the text of the route
 * @param warning whether the route is legal all the same
 */
public record RouteFinding(RouteIssue issue, String source, boolean warning) {

  public RouteFinding {
    Objects.requireNonNull(issue, "issue");
    Objects.requireNonNull(source, "source");
  }

  /** For people, with line, column, caret and hint; several lines. */
  public String render() {
    return issue.render(source);
  }
}
