package dev.edgehub.lang.reference;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The type rules, one by one as the reference of the language lists them. */
public final class TreeTypes implements Tree.Visitor<Type> {

  private static final Set<Type> NUMERIC = EnumSet.of(Type.NUMBER, Type.DYNAMIC);
  private static final Set<Type> TEXTUAL = EnumSet.of(Type.STRING, Type.DYNAMIC);
  private static final Set<Type> LOGICAL =
      EnumSet.of(Type.BOOL, Type.NULL, Type.UNDEFINED, Type.DYNAMIC);
  private static final Set<Type> BESIDE_DYNAMIC =
      EnumSet.of(Type.BOOL, Type.NUMBER, Type.STRING, Type.NULL, Type.DYNAMIC);

  private static final Pattern SEGMENT =
      Pattern.compile("(?![0-9]+(\\[|$))[^()<>@,;:\\\\\"/?={}\\s.\\[\\]]+(\\[[0-9]+\\])*");

  private TreeTypes() {}

  /** Whether the compiler has to take the condition. */
  public static boolean accepts(Tree tree) {
    return of(tree) != Type.ERROR;
  }

  static Type of(Tree tree) {
    return tree.accept(new TreeTypes());
  }

  /** Whether text behind {@code $body.} is a path. */
  static boolean isPath(String path) {
    for (String segment : path.split("\\.", -1)) {
      if (!SEGMENT.matcher(segment).matches()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Type literal(Tree.Literal tree) {
    return switch (tree.kind()) {
      case TRUE, FALSE -> Type.BOOL;
      case NULL -> Type.NULL;
      case UNDEFINED -> Type.UNDEFINED;
      case STRING -> Type.STRING;
      case INTEGER, HEX, REAL -> Type.NUMBER;
    };
  }

  @Override
  public Type read(Tree.Read tree) {
    return Type.STRING;
  }

  @Override
  public Type body(Tree.Body tree) {
    return isPath(tree.path()) ? Type.DYNAMIC : Type.ERROR;
  }

  @Override
  public Type prefix(Tree.Prefix tree) {
    return ofPrefix(tree.not(), of(tree.operand()));
  }

  static Type ofPrefix(boolean not, Type operand) {
    if (not) {
      return EnumSet.of(Type.BOOL, Type.DYNAMIC, Type.NULL).contains(operand)
          ? Type.BOOL
          : Type.ERROR;
    }
    return NUMERIC.contains(operand) ? operand : Type.ERROR;
  }

  @Override
  public Type binary(Tree.Binary tree) {
    return ofBinary(tree.op(), of(tree.left()), of(tree.right()));
  }

  static Type ofBinary(Op op, Type left, Type right) {
    if (left == Type.ERROR || right == Type.ERROR) {
      return Type.ERROR;
    }
    return switch (op) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> arithmetic(left, right);
      case JOIN -> TEXTUAL.contains(left) && TEXTUAL.contains(right) ? Type.STRING : Type.ERROR;
      case EQUAL, UNEQUAL, LESS, AT_MOST, GREATER, AT_LEAST ->
          alike(left, right) ? Type.BOOL : Type.ERROR;
      case COALESCE -> coalesce(left, right);
      case AND, OR -> logic(op, left, right);
    };
  }

  private static Type arithmetic(Type left, Type right) {
    if (!NUMERIC.contains(left) || !NUMERIC.contains(right)) {
      return Type.ERROR;
    }
    return left == Type.NUMBER && right == Type.NUMBER ? Type.NUMBER : Type.DYNAMIC;
  }

  private static boolean alike(Type left, Type right) {
    return left == right
        || (left == Type.DYNAMIC && BESIDE_DYNAMIC.contains(right))
        || (right == Type.DYNAMIC && BESIDE_DYNAMIC.contains(left));
  }

  private static Type coalesce(Type left, Type right) {
    if (!alike(left, right)) {
      return Type.ERROR;
    }
    return left == right ? left : Type.DYNAMIC;
  }

  private static Type logic(Op op, Type left, Type right) {
    if (!LOGICAL.contains(left) || !LOGICAL.contains(right)) {
      return Type.ERROR;
    }
    if (left != Type.NULL && right != Type.NULL) {
      return Type.BOOL;
    }
    Type other = left == Type.NULL ? right : left;
    return switch (other) {
      case UNDEFINED -> Type.ERROR;
      case DYNAMIC -> op == Op.AND ? Type.ERROR : Type.BOOL;
      case NULL -> Type.NULL;
      default -> op == Op.AND ? Type.NULL : Type.BOOL;
    };
  }

  @Override
  public Type call(Tree.Call tree) {
    List<Type> types = tree.arguments().stream().map(TreeTypes::of).toList();
    return types.contains(Type.ERROR) ? Type.ERROR : ofCall(tree.function(), types);
  }

  static Type ofCall(String function, List<Type> types) {
    return switch (function) {
      case "abs", "exp", "square", "ceiling", "floor", "sign", "sqrt" ->
          check(Type.NUMBER, types, NUMERIC);
      case "power" -> check(Type.NUMBER, types, NUMERIC, NUMERIC);
      case "as_number" ->
          check(Type.NUMBER, types, EnumSet.of(Type.NUMBER, Type.STRING, Type.DYNAMIC));
      case "is_bool", "is_number", "is_string", "is_null", "is_defined" ->
          types.size() == 1 ? Type.BOOL : Type.ERROR;
      case "concat" -> types.size() >= 2 && TEXTUAL.containsAll(types) ? Type.STRING : Type.ERROR;
      case "length" -> check(Type.NUMBER, types, TEXTUAL);
      case "lower", "upper" -> check(Type.STRING, types, TEXTUAL);
      case "substring" ->
          types.size() == 2
              ? check(Type.STRING, types, TEXTUAL, NUMERIC)
              : check(Type.STRING, types, TEXTUAL, NUMERIC, NUMERIC);
      case "index_of" -> check(Type.NUMBER, types, TEXTUAL, TEXTUAL);
      case "starts_with", "ends_with", "contains" -> check(Type.BOOL, types, TEXTUAL, TEXTUAL);
      default -> Type.ERROR;
    };
  }

  @SafeVarargs
  private static Type check(Type result, List<Type> types, Set<Type>... wanted) {
    if (types.size() != wanted.length) {
      return Type.ERROR;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].contains(types.get(i))) {
        return Type.ERROR;
      }
    }
    return result;
  }
}
