package dev.edgehub.lang;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong, or probably not meant, in a route text.
 *
 * @param route the route's name
 * @param span where, relative to the route text
 * @param text what was expected and what was found
 * @param hint what to write instead, where that is known
 */
public record RouteIssue(
    IssueCode code, String route, Span span, String text, @Nullable String hint) {

  public RouteIssue {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(route, "route");
    Objects.requireNonNull(span, "span");
    Objects.requireNonNull(text, "text");
  }

  /**
   * The issue for people: code, route, line and column, the source line with a caret under the
   * place, and the hint. Control characters of the source are shown escaped.
   *
   * @param source the route text that was compiled
   */
  public String render(String source) {
    StringBuilder rendered = new StringBuilder();
    rendered.append(code.id()).append(": route \"").append(Quoted.escape(route)).append("\" ");
    rendered.append(span.line()).append(':').append(span.column()).append(": ").append(text);
    new Excerpt(source, span).appendTo(rendered);
    if (hint != null) {
      rendered.append("\nhint: ").append(hint);
    }
    return rendered.toString();
  }
}
