package dev.edgehub.lang.eval;

import static dev.edgehub.lang.eval.StaticType.BOOL;
import static dev.edgehub.lang.eval.StaticType.NUMBER;
import static dev.edgehub.lang.eval.StaticType.STRING;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The functions of the language: name (in any case), signature and meaning. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are unmodifiable, the functions pure
public enum Builtin {
  ABS(numeric(Math::abs), NUMBER, Parameter.NUMBER),
  EXP(numeric(Math::exp), NUMBER, Parameter.NUMBER),
  SQUARE(numeric(x -> x * x), NUMBER, Parameter.NUMBER),
  CEILING(numeric(Math::ceil), NUMBER, Parameter.NUMBER),
  FLOOR(numeric(Math::floor), NUMBER, Parameter.NUMBER),
  // of -0 it is 0, which 1 / sign(-0) shows
  SIGN(numeric(x -> x == 0 ? 0 : Math.signum(x)), NUMBER, Parameter.NUMBER),
  SQRT(numeric(Math::sqrt), NUMBER, Parameter.NUMBER),
  POWER(numeric2(Numbers::power), NUMBER, Parameter.NUMBER, Parameter.NUMBER),
  AS_NUMBER(Builtin::asNumber, NUMBER, Parameter.TEXT_OR_NUMBER),
  IS_BOOL(a -> a.get(0).isBool(), BOOL, Parameter.ANY),
  IS_NUMBER(a -> a.get(0).isNumber(), BOOL, Parameter.ANY),
  IS_STRING(a -> a.get(0).isString(), BOOL, Parameter.ANY),
  IS_NULL(a -> a.get(0).isNull(), BOOL, Parameter.ANY),
  IS_DEFINED(a -> a.get(0).isDefined(), BOOL, Parameter.ANY),
  CONCAT(Builtin::concat, STRING, 2, Integer.MAX_VALUE, Parameter.TEXT),
  LENGTH(measured(String::length), NUMBER, Parameter.TEXT),
  LOWER(mapped(Texts::lower), STRING, Parameter.TEXT),
  UPPER(mapped(Texts::upper), STRING, Parameter.TEXT),
  SUBSTRING(Builtin::substring, STRING, 2, 3, Parameter.TEXT, Parameter.NUMBER, Parameter.NUMBER),
  INDEX_OF(Builtin::indexOf, NUMBER, Parameter.TEXT, Parameter.TEXT),
  STARTS_WITH(tested(String::startsWith), BOOL, Parameter.TEXT, Parameter.TEXT),
  ENDS_WITH(tested(String::endsWith), BOOL, Parameter.TEXT, Parameter.TEXT),
  CONTAINS(tested(TextSearch::contains), BOOL, Parameter.TEXT, Parameter.TEXT);

  private static final Map<String, Builtin> BY_NAME =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Builtin::id, Function.identity()));

  private final Function<List<? extends Node>, Node> plan;
  private final StaticType result;
  private final int least;
  private final int most;
  private final List<Parameter> parameters;

  Builtin(Function<List<? extends Node>, Node> plan, StaticType result, Parameter... parameters) {
    this(plan, result, parameters.length, parameters.length, parameters);
  }

  Builtin(
      Function<List<? extends Node>, Node> plan,
      StaticType result,
      int least,
      int most,
      Parameter... parameters) {
    this.plan = plan;
    this.result = result;
    this.least = least;
    this.most = most;
    this.parameters = List.of(parameters);
  }

  /** The function of that name in any case, or null. */
  public static @Nullable Builtin named(String name) {
    return BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }

  /** The name in lower case. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The static type of a call. */
  public StaticType result() {
    return result;
  }

  /** Whether the function takes so many arguments. */
  public boolean takes(int arguments) {
    return arguments >= least && arguments <= most;
  }

  /** Whether the argument at {@code index}, counted from 0, may have this type. */
  public boolean accepts(int index, StaticType type) {
    return parameter(index).accepts(type);
  }

  /** What the argument at {@code index} should be, for people. */
  public String wants(int index) {
    return parameter(index).text;
  }

  /** How many arguments the function takes, for people. */
  public String arity() {
    if (most == Integer.MAX_VALUE) {
      return least + " or more arguments";
    }
    if (least < most) {
      return least + " or " + most + " arguments";
    }
    return least == 1 ? "1 argument" : least + " arguments";
  }

  /** How the function is called, for people: {@code substring(string, number[, number])}. */
  public String signature() {
    StringBuilder text = new StringBuilder(id()).append('(');
    for (int i = 0; i < Math.max(least, parameters.size()); i++) {
      String comma = i == 0 ? "" : ", ";
      String argument =
          comma + parameter(i).text.replace("a string or a ", "string or ").replace("a ", "");
      text.append(i < least ? argument : "[" + argument + "]");
    }
    return text.append(most == Integer.MAX_VALUE ? ", \u2026)" : ")").toString();
  }

  /** The node of a call whose arguments have passed {@link #takes} and {@link #accepts}. */
  public Node plan(List<? extends Node> arguments) {
    return plan.apply(arguments);
  }

  private Parameter parameter(int index) {
    return parameters.get(Math.min(index, parameters.size() - 1));
  }

  @SuppressWarnings("ImmutableEnumChecker") // the list is unmodifiable
  private enum Parameter {
    NUMBER("a number", StaticType.NUMBER),
    TEXT("a string", StaticType.STRING),
    TEXT_OR_NUMBER("a string or a number", StaticType.STRING, StaticType.NUMBER),
    ANY("a value", StaticType.values());

    private final String text;
    private final List<StaticType> types;

    Parameter(String text, StaticType... types) {
      this.text = text;
      this.types = List.of(types);
    }

    boolean accepts(StaticType type) {
      return type == StaticType.DYNAMIC || types.contains(type);
    }
  }

  private interface TextTest {
    boolean test(String text, String part);
  }

  private interface TextMeasure {
    double of(String text);
  }

  private static Function<List<? extends Node>, Node> numeric(DoubleUnaryOperator function) {
    return arguments -> {
      NumberNode x = arguments.get(0).asNumber();
      NumberNode node = message -> function.applyAsDouble(x.number(message));
      return node;
    };
  }

  private static Function<List<? extends Node>, Node> numeric2(DoubleBinaryOperator function) {
    return arguments -> {
      NumberNode x = arguments.get(0).asNumber();
      NumberNode y = arguments.get(1).asNumber();
      NumberNode node = message -> function.applyAsDouble(x.number(message), y.number(message));
      return node;
    };
  }

  private static Function<List<? extends Node>, Node> measured(TextMeasure measure) {
    return arguments -> {
      TextNode argument = arguments.get(0).asText();
      NumberNode node =
          message -> {
            String text = argument.text(message);
            return text == null ? Double.NaN : measure.of(text);
          };
      return node;
    };
  }

  private static Function<List<? extends Node>, Node> mapped(Function<String, String> mapping) {
    return arguments -> {
      TextNode argument = arguments.get(0).asText();
      TextNode node =
          message -> {
            String text = argument.text(message);
            return text == null ? null : mapping.apply(text);
          };
      return node;
    };
  }

  private static Function<List<? extends Node>, Node> tested(TextTest test) {
    return arguments -> {
      TextNode left = arguments.get(0).asText();
      TextNode right = arguments.get(1).asText();
      BoolNode node =
          message -> {
            String text = left.text(message);
            String part = right.text(message);
            return text == null || part == null ? Truth.UNDEFINED : Truth.of(test.test(text, part));
          };
      return node;
    };
  }

  private static Node asNumber(List<? extends Node> arguments) {
    return arguments.get(0).toNumber();
  }

  private static Node concat(List<? extends Node> arguments) {
    return new TextJoin(arguments.stream().map(Node::asText).toList());
  }

  private static Node indexOf(List<? extends Node> arguments) {
    TextNode left = arguments.get(0).asText();
    TextNode right = arguments.get(1).asText();
    NumberNode node =
        message -> {
          String text = left.text(message);
          String part = right.text(message);
          return text == null || part == null ? Double.NaN : TextSearch.indexOf(text, part);
        };
    return node;
  }

  private static Node substring(List<? extends Node> arguments) {
    TextNode source = arguments.get(0).asText();
    NumberNode index = arguments.get(1).asNumber();
    if (arguments.size() == 2) {
      TextNode node = message -> Texts.substring(source.text(message), index.number(message));
      return node;
    }
    NumberNode length = arguments.get(2).asNumber();
    TextNode node =
        message ->
            Texts.substring(source.text(message), index.number(message), length.number(message));
    return node;
  }
}
