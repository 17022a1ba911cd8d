package dev.edgehub.lang;

import java.util.IdentityHashMap;
import java.util.Objects;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.Interval;

/**
 * Where each expression of one condition stands in the route text, less the brackets around it. Two
 * equal expressions are still two.
 */
final class Places {

  private record Place(Token start, Token stop) {}

  private final IdentityHashMap<Expr, Place> known = new IdentityHashMap<>();

  /** Notes a place, unless the expression has one: what comes later is wider by brackets only. */
  void note(Expr expr, ParserRuleContext context) {
    known.putIfAbsent(expr, new Place(context.getStart(), context.getStop()));
  }

  /** The expression as it is written. */
  String text(Expr expr) {
    Place place = of(expr);
    return text(place.start(), place.stop());
  }

  /** The part of it that stands on its first line. */
  Span span(Expr expr) {
    Token start = of(expr).start();
    String firstLine = text(expr).split("[\\r\\n]", 2)[0];
    int column = start.getCharPositionInLine() + 1;
    return new Span(start.getLine(), column, column + firstLine.length());
  }

  private Place of(Expr expr) {
    return Objects.requireNonNull(known.get(expr), "every expression has a place");
  }

  static String text(Token start, Token stop) {
    return start.getInputStream().getText(Interval.of(start.getStartIndex(), stop.getStopIndex()));
  }
}
