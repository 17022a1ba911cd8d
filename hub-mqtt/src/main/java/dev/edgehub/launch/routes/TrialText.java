package dev.edgehub.launch.routes;

import dev.edgehub.lang.ConditionPart;
import dev.edgehub.lang.Quoted;
import dev.edgehub.lang.eval.Value;
import dev.edgehub.message.SinkId;
import dev.edgehub.routing.RouteFinding;
import dev.edgehub.routing.vectors.RouteTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one route does with one message, for people. */
final class TrialText {

  /** Parts further down are counted, not shown. */
  private static final int DEEPEST = 24;

  private static final int WIDEST_TEXT = 60;
  private static final int WIDEST_VALUE = 40;

  private record Row(String text, String value, String note) {}

  private final List<Row> rows = new ArrayList<>();
  private int hidden;

  private TrialText() {}

  /** Lines ready to print. */
  static List<String> lines(RouteTrial.Tried trial) {
    List<String> lines = new ArrayList<>();
    lines.add("message    " + Quoted.escape(trial.path()));
    lines.add(
        "source     "
            + (trial.selected() ? "selected" : "not selected")
            + ": the route takes paths that begin with "
            + Quoted.escape(trial.source().prefix()));
    lines.addAll(condition(trial.condition().parts()));
    lines.add("decision   " + decision(trial));
    for (RouteFinding warning : trial.warnings()) {
      warning.render().lines().map(line -> "warning    " + line).limit(1).forEach(lines::add);
      warning.render().lines().skip(1).map(line -> "           " + line).forEach(lines::add);
    }
    return lines;
  }

  static String decision(RouteTrial.Tried trial) {
    if (trial.delivered()) {
      return "delivered to " + sink(trial.sink());
    }
    if (!trial.selected()) {
      return "not delivered: FROM does not select the message";
    }
    String note = trial.condition().note();
    return "not delivered: the condition is "
        + (note == null
            ? trial.condition().truth().name().toLowerCase(Locale.ROOT)
            : "not true: " + note);
  }

  private static String sink(SinkId sink) {
    return sink instanceof SinkId.ModuleInput input
        ? "module " + Quoted.escape(input.moduleId()) + ", input " + Quoted.escape(input.input())
        : "$upstream";
  }

  private static List<String> condition(List<ConditionPart> parts) {
    if (parts.isEmpty()) {
      return List.of("condition  none: all of the source is taken");
    }
    TrialText table = new TrialText();
    parts.forEach(table::add);
    table.addHidden();
    List<String> lines = new ArrayList<>();
    lines.add("condition");
    lines.addAll(table.lined());
    return lines;
  }

  private void add(ConditionPart part) {
    if (part.depth() > DEEPEST) {
      hidden++;
      return;
    }
    addHidden();
    String value = value(part.value());
    if (part.depth() == 0 || !saysItself(part, value)) {
      // a long condition is written over many lines
      String text = part.text().strip().replaceAll("\\s*[\\r\\n]\\s*", " ");
      String note = part.note();
      rows.add(
          new Row(
              "  ".repeat(part.depth() + 1) + brief(text, WIDEST_TEXT),
              value,
              note == null ? "" : note));
    }
  }

  private void addHidden() {
    if (hidden > 0) {
      rows.add(new Row("  ".repeat(DEEPEST + 2) + Output.count(hidden, "part") + " below", "", ""));
      hidden = 0;
    }
  }

  /** A constant that reads like its value. */
  private static boolean saysItself(ConditionPart part, String value) {
    boolean escaped = part.value().kind() == Value.Kind.TEXT && part.text().indexOf('\\') >= 0;
    boolean otherNumber = part.value() instanceof Value.Num && !part.text().equals(value);
    return part.constant() && !escaped && !otherNumber;
  }

  private List<String> lined() {
    int texts = rows.stream().mapToInt(row -> row.text().length()).max().orElse(0);
    int values = rows.stream().mapToInt(row -> row.value().length()).max().orElse(0);
    return rows.stream()
        .map(row -> pad(row.text(), texts) + pad(row.value(), values) + row.note())
        .map(String::stripTrailing)
        .toList();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length() + 2);
  }

  private static String brief(String text, int most) {
    return text.length() <= most
        ? Quoted.escape(text)
        : Quoted.escape(text.substring(0, most)) + "\u2026";
  }

  static String value(Value value) {
    return switch (value.kind()) {
      case BOOL -> Boolean.toString(((Value.Bool) value).bool());
      case NUMBER -> number(((Value.Num) value).number());
      case TEXT -> '"' + brief(((Value.Text) value).text(), WIDEST_VALUE) + '"';
      case NULL -> "null";
      case UNDEFINED -> "undefined";
    };
  }

  /** As people write it: whole numbers without a point. */
  private static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
