package dev.edgehub.launch.routes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.lang.RouteIssue;
import dev.edgehub.routing.RouteFinding;

/** Findings as members of JSON objects. */
final class Findings {

  private Findings() {}

  static void write(RouteFinding finding, ObjectNode object) {
    RouteIssue issue = finding.issue();
    object.put("code", issue.code().id());
    object.put("route", issue.route());
    object.put("line", issue.span().line());
    object.put("column", issue.span().column());
    object.put("endColumn", issue.span().endColumn());
    object.put("text", issue.text());
    if (issue.hint() != null) {
      object.put("hint", issue.hint());
    }
  }
}
