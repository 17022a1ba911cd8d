package dev.edgehub.lang;

import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.BodyPath.Member;
import dev.edgehub.lang.grammar.RouteParser;
import dev.edgehub.lang.grammar.RouteParser.ConditionContext;
import dev.edgehub.lang.grammar.RouteParser.LiteralContext;
import dev.edgehub.lang.grammar.RouteParser.PrefixContext;
import dev.edgehub.lang.grammar.RouteParser.PrimaryContext;
import dev.edgehub.lang.grammar.RouteParser.SourceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Second stage: parse tree to route tree. Reads what the grammar leaves as text. */
final class TreeBuilder {

  private static final String BODY = "$body.";

  private final Issues issues;
  private final Places places = new Places();

  TreeBuilder(Issues issues) {
    this.issues = issues;
  }

  /** The tree, in which a wrong sink is left out. */
  RouteTree build(ParsedRoute route) {
    ConditionContext condition = route.condition();
    String text =
        condition == null ? "true" : Places.text(condition.getStart(), condition.getStop());
    return new RouteTree(
        Optional.ofNullable(route.source()).map(TreeBuilder::source),
        Optional.ofNullable(condition).map(where -> expr(where.expression())),
        route.pieces().stream().map(this::expr).toList(),
        text,
        places,
        Optional.ofNullable(route.sink()).map(sink -> new SinkReader(issues).read(sink)));
  }

  private static SourcePattern source(SourceContext source) {
    String path =
        source.segment().stream().map(item -> "/" + item.getText()).collect(Collectors.joining());
    return new SourcePattern(trimEnd(trimEnd(path, '*'), '/') + "/");
  }

  private static String trimEnd(String text, char c) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == c) {
      end--;
    }
    return text.substring(0, end);
  }

  /** One step per nesting level: levels of operators that are not used are skipped in a loop. */
  private Expr expr(ParserRuleContext context) {
    ParserRuleContext level = context;
    while (level.getRuleIndex() != RouteParser.RULE_primary && level.getChildCount() == 1) {
      level = (ParserRuleContext) level.getChild(0);
    }
    Expr expr =
        switch (level.getRuleIndex()) {
          case RouteParser.RULE_primary -> primary((PrimaryContext) level);
          case RouteParser.RULE_prefix -> prefix((PrefixContext) level);
          default -> chain(level);
        };
    places.note(expr, level);
    return expr;
  }

  private Expr chain(ParserRuleContext level) {
    List<Expr.Link> links = new ArrayList<>();
    for (int i = 1; i < level.getChildCount(); i += 2) {
      Token operator = token(level.getChild(i));
      Expr operand = expr((ParserRuleContext) level.getChild(i + 1));
      links.add(new Expr.Link(operator(operator), issues.spanOf(operator), operand));
    }
    return new Expr.Chain(expr((ParserRuleContext) level.getChild(0)), links);
  }

  private static Token token(ParseTree leaf) {
    return ((TerminalNode) leaf).getSymbol();
  }

  private static Operator operator(Token token) {
    return switch (token.getType()) {
      case RouteParser.COALESCE -> Operator.COALESCE;
      case RouteParser.OR -> Operator.OR;
      case RouteParser.AND -> Operator.AND;
      case RouteParser.EQ -> Operator.EQUAL;
      case RouteParser.NE -> Operator.NOT_EQUAL;
      case RouteParser.LT -> Operator.LESS;
      case RouteParser.LE -> Operator.AT_MOST;
      case RouteParser.GT -> Operator.GREATER;
      case RouteParser.GE -> Operator.AT_LEAST;
      case RouteParser.JOIN -> Operator.JOIN;
      case RouteParser.PLUS -> Operator.ADD;
      case RouteParser.MINUS -> Operator.SUBTRACT;
      case RouteParser.STAR -> Operator.MULTIPLY;
      case RouteParser.SLASH -> Operator.DIVIDE;
      case RouteParser.PERCENT -> Operator.REMAINDER;
      default -> throw new IllegalStateException("the grammar has a new operator: " + token);
    };
  }

  private Expr prefix(PrefixContext prefix) {
    Token operator = token(prefix.getChild(0));
    boolean not = operator.getType() == RouteParser.NOT;
    return new Expr.Prefix(issues.spanOf(operator), not, expr(prefix.prefix()));
  }

  private Expr primary(PrimaryContext primary) {
    if (primary.expression() != null) {
      return expr(primary.expression());
    }
    if (primary.literal() != null) {
      return literal(primary.literal());
    }
    if (primary.SYS() != null) {
      return dollar(primary.SYS().getSymbol(), primary.LBRACE() != null);
    }
    Token name = primary.ID().getSymbol();
    Span span = issues.spanOf(name);
    if (primary.arguments() == null) {
      return new Expr.Property(span, name.getText());
    }
    List<Expr> arguments = primary.arguments().expression().stream().map(this::expr).toList();
    return new Expr.Call(span, name.getText(), arguments);
  }

  private Expr literal(LiteralContext literal) {
    Token token = literal.getStart();
    Span span = issues.spanOf(token);
    return switch (token.getType()) {
      case RouteParser.TRUE -> new Expr.Bool(span, true);
      case RouteParser.FALSE -> new Expr.Bool(span, false);
      case RouteParser.NULL -> new Expr.NullWord(span);
      case RouteParser.UNDEFINED, RouteParser.BARE_EXPONENT ->
          new Expr.UndefinedWord(span, token.getText());
      case RouteParser.STRING -> new Expr.Text(span, Literals.text(token.getText()));
      case RouteParser.HEX -> hex(span, token.getText());
      default -> new Expr.Num(span, Double.parseDouble(token.getText()));
    };
  }

  private static Expr hex(Span span, String literal) {
    double value = Literals.hex(literal);
    return Double.isNaN(value) ? new Expr.UndefinedWord(span, literal) : new Expr.Num(span, value);
  }

  /** {@code $name}: a body path, or a system property, or neither if it has brackets. */
  private Expr dollar(Token token, boolean braced) {
    String text = token.getText();
    Span span = issues.spanOf(token);
    if (text.regionMatches(true, 0, BODY, 0, BODY.length())) {
      return body(span, text, braced);
    }
    int bracket = bracketIn(text);
    if (bracket < 0) {
      return new Expr.SystemProperty(span, text.substring(1), braced);
    }
    boolean wrong = !BodyPathReader.isIndexes(text.substring(bracket));
    if (wrong) {
      addPathIssue(span, text);
    }
    return new Expr.Unreadable(span, wrong);
  }

  private Expr body(Span span, String text, boolean braced) {
    BodyPath path = BodyPathReader.read(text.substring(BODY.length()));
    if (path == null) {
      addPathIssue(span, text);
      return new Expr.Unreadable(span, true);
    }
    // the original takes a lone * for "any member" and gives up where there are several
    if (path.steps().contains(new Member("*"))) {
      return new Expr.Unreadable(span, false);
    }
    boolean hideable = !braced && bracketIn(text) < 0;
    return new Expr.Body(span, path, hideable ? text : null);
  }

  private static int bracketIn(String text) {
    int open = text.indexOf('[');
    int close = text.indexOf(']');
    return open < 0 || close < 0 ? Math.max(open, close) : Math.min(open, close);
  }

  private void addPathIssue(Span span, String text) {
    String problem = Quoted.brief(text) + " is not a body path";
    issues.add(IssueCode.SYNTAX, span, problem, PathHints.forPath(text));
  }
}
