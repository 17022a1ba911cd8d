package dev.edgehub.lang;

import dev.edgehub.lang.eval.Builtin;
import dev.edgehub.lang.eval.StaticType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Third stage: gives every expression its static type. A mistake is noted where it is made; what
 * contains it has no type then and is not complained about again, so that all issues are real.
 */
final class Checker implements Expr.Visitor<Optional<StaticType>> {

  private final Issues issues;
  private final Types types = new Types();

  Checker(Issues issues) {
    this.issues = issues;
  }

  /** The type of each expression in it, by identity; complete only when there are no issues. */
  Types check(Expr condition) {
    typeOf(condition);
    return types;
  }

  private Optional<StaticType> typeOf(Expr expr) {
    Optional<StaticType> type = expr.accept(this);
    type.ifPresent(known -> types.note(expr, known));
    return type;
  }

  @Override
  public Optional<StaticType> bool(Expr.Bool expr) {
    return Optional.of(StaticType.BOOL);
  }

  @Override
  public Optional<StaticType> number(Expr.Num expr) {
    return Optional.of(StaticType.NUMBER);
  }

  @Override
  public Optional<StaticType> text(Expr.Text expr) {
    return Optional.of(StaticType.STRING);
  }

  @Override
  public Optional<StaticType> nullWord(Expr.NullWord expr) {
    return Optional.of(StaticType.NULL);
  }

  @Override
  public Optional<StaticType> undefinedWord(Expr.UndefinedWord expr) {
    return Optional.of(StaticType.UNDEFINED);
  }

  @Override
  public Optional<StaticType> property(Expr.Property expr) {
    return Optional.of(StaticType.STRING);
  }

  @Override
  public Optional<StaticType> systemProperty(Expr.SystemProperty expr) {
    return Optional.of(StaticType.STRING);
  }

  @Override
  public Optional<StaticType> body(Expr.Body expr) {
    return Optional.of(StaticType.DYNAMIC);
  }

  @Override
  public Optional<StaticType> unreadable(Expr.Unreadable expr) {
    return expr.wrong() ? Optional.empty() : Optional.of(StaticType.DYNAMIC);
  }

  @Override
  public Optional<StaticType> call(Expr.Call call) {
    List<Optional<StaticType>> arguments = call.arguments().stream().map(this::typeOf).toList();
    String name = Quoted.brief(call.name());
    Builtin function = Builtin.named(call.name());
    if (function == null) {
      String hint = FunctionHints.forUnknown(call.name());
      issues.add(IssueCode.UNKNOWN_FUNCTION, call.span(), "there is no function " + name, hint);
      return Optional.empty();
    }
    if (arguments.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    if (!function.takes(arguments.size())) {
      String text = function.id() + " takes " + function.arity() + ", not " + arguments.size();
      issues.add(IssueCode.ARGUMENT_TYPES, call.span(), text, FunctionHints.signature(function));
      return Optional.empty();
    }
    List<StaticType> types = arguments.stream().map(Optional::orElseThrow).toList();
    return takesArguments(call, function, types)
        ? Optional.of(function.result())
        : Optional.empty();
  }

  private boolean takesArguments(Expr.Call call, Builtin function, List<StaticType> types) {
    for (int i = 0; i < types.size(); i++) {
      StaticType type = types.get(i);
      if (!function.accepts(i, type)) {
        String argument = types.size() == 1 ? "the argument" : "argument " + (i + 1);
        String text =
            argument
                + " of "
                + function.id()
                + " should be "
                + function.wants(i)
                + ", not "
                + type.text();
        String hint = TypeHints.forArgument(call.arguments().get(i), type);
        issues.add(IssueCode.ARGUMENT_TYPES, call.span(), text, hint);
        return false;
      }
    }
    return true;
  }

  @Override
  public Optional<StaticType> prefix(Expr.Prefix prefix) {
    Optional<StaticType> operand = typeOf(prefix.operand());
    if (operand.isEmpty()) {
      return operand;
    }
    Optional<StaticType> result = prefix.not() ? negation(operand.get()) : minus(operand.get());
    if (result.isEmpty()) {
      String text = (prefix.not() ? "NOT" : "-") + " does not take " + operand.get().text();
      String hint = TypeHints.forOperand(prefix, operand.get());
      issues.add(IssueCode.OPERAND_TYPES, prefix.span(), text, hint);
    }
    return result;
  }

  private static Optional<StaticType> negation(StaticType operand) {
    return switch (operand) {
      case BOOL, DYNAMIC, NULL -> Optional.of(StaticType.BOOL);
      case NUMBER, STRING, UNDEFINED -> Optional.empty();
    };
  }

  private static Optional<StaticType> minus(StaticType operand) {
    return switch (operand) {
      case NUMBER, DYNAMIC -> Optional.of(operand);
      case BOOL, STRING, NULL, UNDEFINED -> Optional.empty();
    };
  }

  @Override
  public Optional<StaticType> chain(Expr.Chain chain) {
    Optional<StaticType> left = typeOf(chain.first());
    Expr before = chain.first();
    for (Expr.Link link : chain.links()) {
      Optional<StaticType> right = typeOf(link.operand());
      left = join(before, left, link, right);
      before = link.operand();
    }
    return left;
  }

  private Optional<StaticType> join(
      Expr before, Optional<StaticType> left, Expr.Link link, Optional<StaticType> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return Optional.empty();
    }
    Optional<StaticType> result = link.operator().result(left.get(), right.get());
    if (result.isEmpty()) {
      String text =
          link.operator().symbol()
              + " does not take "
              + left.get().text()
              + " and "
              + right.get().text();
      @Nullable String hint =
          TypeHints.forOperands(before, types.of(before), left.get(), link, right.get());
      issues.add(IssueCode.OPERAND_TYPES, link.span(), text, hint);
    }
    return result;
  }
}
