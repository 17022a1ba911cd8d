package dev.edgehub.lang;

import dev.edgehub.lang.grammar.RouteLexer;
import dev.edgehub.lang.grammar.RouteParser;
import dev.edgehub.lang.grammar.RouteParser.EqualityContext;
import dev.edgehub.lang.grammar.RouteParser.HeadContext;
import dev.edgehub.lang.grammar.RouteParser.IntoContext;
import dev.edgehub.lang.grammar.RouteParser.SinkContext;
import dev.edgehub.lang.grammar.RouteParser.SourceContext;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Reads a route that is wrong somewhere, so that one mistake does not hide the others. WHERE and
 * INTO are reserved everywhere, so the three parts of a route stand for themselves; so do the
 * operands of AND, OR and ?? in a condition, as long as its brackets are right. Nothing is guessed
 * beyond that.
 */
final class Recovery {

  private final List<Token> tokens;
  private final BitSet bad;
  private final Issues issues;
  private final List<EqualityContext> pieces = new ArrayList<>();

  /**
   * @param bad indexes of tokens that were complained about; what holds one is not parsed
   */
  Recovery(List<Token> tokens, BitSet bad, Issues issues) {
    this.tokens = tokens;
    this.bad = bad;
    this.issues = issues;
  }

  ParsedRoute read() {
    int end = tokens.size() - 1;
    int into = find(RouteLexer.INTO, end);
    int where = find(RouteLexer.WHERE, into);
    SourceContext source = isClean(0, where) ? head() : null;
    if (where < into) {
      readOperands(where + 1, into, RouteParser::piece, piece -> piece.equality());
    }
    SinkContext sink = into < end && isClean(into, end) ? sink(into) : null;
    return new ParsedRoute(source, null, pieces, sink);
  }

  /** The first token of that type, or the limit if there is none before it. */
  private int find(int type, int limit) {
    int index = 0;
    while (index < limit && tokens.get(index).getType() != type) {
      index++;
    }
    return index;
  }

  private boolean isClean(int from, int to) {
    int next = bad.nextSetBit(from);
    return next < 0 || next >= to;
  }

  private @Nullable SourceContext head() {
    RuleRun run = new RuleRun(tokens);
    HeadContext head = run.parse(0, RouteParser::head);
    run.report(issues);
    return head == null ? null : head.source();
  }

  private @Nullable SinkContext sink(int into) {
    RuleRun run = new RuleRun(tokens);
    IntoContext tree = run.parse(into, RouteParser::into);
    run.report(issues);
    return tree == null ? null : tree.sink();
  }

  /** Reads the operands of AND, OR and ?? between two tokens; the second ends the last of them. */
  private <C> void readOperands(
      int from, int to, Function<RouteParser, C> rule, Function<C, EqualityContext> operand) {
    int start = from;
    int depth = 0;
    for (int i = from; i <= to; i++) {
      int type = tokens.get(i).getType();
      if (i == to || (depth == 0 && isSeparator(type))) {
        if (isClean(start, i)) {
          readOperand(start, i, rule, operand);
        }
        start = i + 1;
      } else if (!bad.get(i)) {
        depth += type == RouteLexer.LPAREN ? 1 : type == RouteLexer.RPAREN ? -1 : 0;
      }
    }
  }

  private static boolean isSeparator(int type) {
    return type == RouteLexer.AND || type == RouteLexer.OR || type == RouteLexer.COALESCE;
  }

  private <C> void readOperand(
      int from, int to, Function<RouteParser, C> rule, Function<C, EqualityContext> operand) {
    RuleRun run = new RuleRun(tokens);
    C tree = run.parse(from, rule);
    int open = behindNot(from);
    if (tree != null) {
      pieces.add(operand.apply(tree));
    } else if (isBracketed(open, to) && !run.failedAt(tokens.get(to))) {
      readInside(open, to);
    } else {
      run.report(issues);
    }
  }

  /** Goes through all brackets at once: none of them could be parsed with the mistake in it. */
  private void readInside(int open, int to) {
    int from = open;
    int end = to;
    while (isBracketed(from, end)) {
      from = behindNot(from + 1);
      end--;
    }
    readOperands(from, end, RouteParser::innerPiece, piece -> piece.equality());
  }

  private int behindNot(int from) {
    int index = from;
    while (tokens.get(index).getType() == RouteLexer.NOT) {
      index++;
    }
    return index;
  }

  /** Whether the first token opens a bracket that the last one closes. */
  private boolean isBracketed(int from, int to) {
    if (from >= to || tokens.get(from).getType() != RouteLexer.LPAREN) {
      return false;
    }
    int depth = 0;
    for (int i = from; i < to; i++) {
      int type = tokens.get(i).getType();
      depth += type == RouteLexer.LPAREN ? 1 : type == RouteLexer.RPAREN ? -1 : 0;
      if (depth == 0) {
        return i == to - 1;
      }
    }
    return false;
  }
}
