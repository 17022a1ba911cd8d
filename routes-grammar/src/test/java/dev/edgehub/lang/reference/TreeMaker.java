package dev.edgehub.lang.reference;

import dev.edgehub.lang.reference.Tree.Access;
import dev.edgehub.lang.reference.Tree.Binary;
import dev.edgehub.lang.reference.Tree.Body;
import dev.edgehub.lang.reference.Tree.Call;
import dev.edgehub.lang.reference.Tree.Literal;
import dev.edgehub.lang.reference.Tree.LiteralKind;
import dev.edgehub.lang.reference.Tree.Prefix;
import dev.edgehub.lang.reference.Tree.Read;
import java.util.List;
import java.util.Random;

/**
 * Makes conditions. Most parts are of the type that their place asks for; now and then one is not,
 * and whether that is an error is for {@link TreeTypes} to say.
 */
public final class TreeMaker {

  private static final int ODDITY = 80;
  private static final Type[] TYPES = {
    Type.BOOL, Type.NUMBER, Type.STRING, Type.DYNAMIC, Type.NULL, Type.UNDEFINED
  };

  private final Random random;

  public TreeMaker(Random random) {
    this.random = random;
  }

  /** The next condition. */
  public Tree condition() {
    Type type = chance(20) ? TYPES[random.nextInt(TYPES.length)] : Type.BOOL;
    return make(type, 1 + random.nextInt(4));
  }

  private boolean chance(int of) {
    return random.nextInt(of) == 0;
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private Tree make(Type wanted, int depth) {
    Type type = chance(ODDITY) ? TYPES[random.nextInt(TYPES.length)] : wanted;
    return switch (type) {
      case BOOL -> bool(depth);
      case NUMBER -> number(depth);
      case STRING -> text(depth);
      case DYNAMIC -> dynamic(depth);
      case NULL -> nothing(depth);
      default -> literal(LiteralKind.UNDEFINED, "undefined");
    };
  }

  /** Of the type, or of one that may stand in its place. */
  private Tree near(Type type, int depth) {
    return make(random.nextInt(4) == 0 ? Type.DYNAMIC : type, depth);
  }

  private Literal literal(LiteralKind kind, String text) {
    return new Literal(kind, text);
  }

  private Tree bool(int depth) {
    if (depth <= 0) {
      return random.nextBoolean()
          ? literal(LiteralKind.TRUE, "true")
          : literal(LiteralKind.FALSE, "false");
    }
    return switch (random.nextInt(9)) {
      case 0, 1 -> logic(depth - 1);
      case 2 -> new Prefix(true, negated(depth - 1));
      case 3, 4 -> comparison(depth - 1);
      case 5, 6 -> call(test(), List.of(make(TYPES[random.nextInt(6)], depth - 1)));
      case 7 -> search(pick(List.of("starts_with", "ends_with", "contains")), depth - 1);
      default -> new Binary(Op.COALESCE, make(Type.BOOL, depth - 1), make(Type.BOOL, depth - 1));
    };
  }

  private String test() {
    return pick(List.of("is_bool", "is_number", "is_string", "is_null", "is_defined"));
  }

  private Tree negated(int depth) {
    return random.nextInt(8) == 0 ? nothing(depth) : near(Type.BOOL, depth);
  }

  private Tree logic(int depth) {
    Op op = random.nextBoolean() ? Op.AND : Op.OR;
    Tree tree = operand(depth);
    for (int links = 1 + random.nextInt(2); links > 0; links--) {
      tree =
          random.nextInt(3) > 0
              ? new Binary(op, tree, operand(depth))
              : new Binary(op, operand(depth), tree);
    }
    return tree;
  }

  private Tree operand(int depth) {
    return switch (random.nextInt(16)) {
      case 0 -> nothing(depth);
      case 1 -> literal(LiteralKind.UNDEFINED, "undefined");
      case 2, 3, 4 -> dynamic(depth);
      default -> make(Type.BOOL, depth);
    };
  }

  private Tree comparison(int depth) {
    Op op = pick(Op.COMPARISONS);
    Type type =
        switch (random.nextInt(12)) {
          case 0, 1 -> Type.BOOL;
          case 2, 3, 4 -> Type.NUMBER;
          case 5, 6, 7 -> Type.STRING;
          case 8, 9, 10 -> Type.DYNAMIC;
          default -> random.nextBoolean() ? Type.NULL : Type.UNDEFINED;
        };
    if (type == Type.UNDEFINED) {
      return new Binary(op, make(type, depth), make(type, depth));
    }
    if (type == Type.STRING && chance(12)) {
      Tree bracketed = new Read(Access.BRACKETED, pick(Pools.SYSTEM));
      Tree other = literal(LiteralKind.STRING, pick(Pools.TEXTS));
      return new Binary(op, bracketed, other);
    }
    Tree one = near(type, depth);
    Tree other = near(type, depth);
    return new Binary(op, one, other);
  }

  private Tree search(String function, int depth) {
    return call(function, List.of(near(Type.STRING, depth), near(Type.STRING, depth)));
  }

  private Tree number(int depth) {
    if (depth <= 0) {
      return switch (random.nextInt(4)) {
        case 0 -> literal(LiteralKind.HEX, pick(Pools.HEXES));
        case 1 -> literal(LiteralKind.REAL, pick(Pools.REALS));
        default -> literal(LiteralKind.INTEGER, pick(Pools.INTEGERS));
      };
    }
    return switch (random.nextInt(9)) {
      case 0 -> new Prefix(false, make(Type.NUMBER, depth - 1));
      case 1, 2 -> binary(pick(Op.ARITHMETIC), Type.NUMBER, depth - 1);
      case 3 -> call("as_number", List.of(near(Type.STRING, depth - 1)));
      case 4 -> call("length", List.of(near(Type.STRING, depth - 1)));
      case 5 -> search("index_of", depth - 1);
      case 6 -> call("power", List.of(near(Type.NUMBER, depth - 1), near(Type.NUMBER, depth - 1)));
      default -> call(ofNumber(), List.of(near(Type.NUMBER, depth - 1)));
    };
  }

  private String ofNumber() {
    return pick(List.of("abs", "exp", "square", "ceiling", "floor", "sign", "sqrt", "as_number"));
  }

  private Tree binary(Op op, Type type, int depth) {
    return new Binary(op, make(type, depth), make(type, depth));
  }

  private Tree text(int depth) {
    if (depth <= 0) {
      return switch (random.nextInt(8)) {
        case 0, 1 -> literal(LiteralKind.STRING, pick(Pools.TEXTS));
        case 2 -> new Read(Access.EITHER, pick(Pools.SYSTEM));
        case 3 -> new Read(Access.SYSTEM, pick(Pools.SYSTEM));
        default -> new Read(Access.USER, pick(Pools.USER));
      };
    }
    return switch (random.nextInt(7)) {
      case 0, 1 -> new Binary(Op.JOIN, near(Type.STRING, depth - 1), near(Type.STRING, depth - 1));
      case 2 -> binary(Op.COALESCE, Type.STRING, depth - 1);
      case 3 -> call("lower", List.of(near(Type.STRING, depth - 1)));
      case 4 -> call("upper", List.of(near(Type.STRING, depth - 1)));
      case 5 -> call("concat", texts(2 + random.nextInt(2), depth - 1));
      default -> substring(depth - 1);
    };
  }

  private List<Tree> texts(int count, int depth) {
    return random.ints(count).mapToObj(ignored -> near(Type.STRING, depth)).toList();
  }

  private Tree substring(int depth) {
    Tree text = near(Type.STRING, depth);
    Tree from = near(Type.NUMBER, random.nextInt(2) * depth);
    return random.nextBoolean()
        ? call("substring", List.of(text, from))
        : call("substring", List.of(text, from, near(Type.NUMBER, random.nextInt(2) * depth)));
  }

  /** A body value with a path that is right, but for one in a while. */
  private Tree dynamic(int depth) {
    if (depth <= 0 || random.nextInt(3) > 0) {
      return new Body(chance(4), pick(chance(3 * ODDITY) ? Pools.WRONG_PATHS : Pools.PATHS));
    }
    Type other = TYPES[random.nextInt(5)];
    boolean left = random.nextBoolean();
    return switch (random.nextInt(3)) {
      case 0 -> mixed(Op.COALESCE, left, other, depth - 1);
      case 1 -> mixed(pick(Op.ARITHMETIC), left, Type.NUMBER, depth - 1);
      default -> new Prefix(false, make(Type.DYNAMIC, depth - 1));
    };
  }

  private Tree mixed(Op op, boolean left, Type other, int depth) {
    Tree dynamic = make(Type.DYNAMIC, depth);
    return left
        ? new Binary(op, dynamic, make(other, depth))
        : new Binary(op, make(other, depth), dynamic);
  }

  private Tree nothing(int depth) {
    Tree constant = literal(LiteralKind.NULL, "null");
    if (depth <= 0 || random.nextInt(3) > 0) {
      return constant;
    }
    return switch (random.nextInt(4)) {
      case 0 -> new Binary(Op.AND, constant, make(Type.BOOL, depth - 1));
      case 1 -> new Binary(Op.AND, make(Type.BOOL, depth - 1), constant);
      case 2 -> new Binary(Op.OR, constant, nothing(depth - 1));
      default -> new Binary(Op.COALESCE, nothing(depth - 1), constant);
    };
  }

  /** Now and then of a name that does not exist, or with an argument too many or too few. */
  private Tree call(String function, List<Tree> arguments) {
    if (chance(5 * ODDITY)) {
      return new Call(pick(Pools.WRONG_FUNCTIONS), arguments);
    }
    if (chance(5 * ODDITY)) {
      Tree more = make(Type.STRING, 0);
      return new Call(
          function, random.nextBoolean() ? List.of() : List.of(arguments.get(0), more, more, more));
    }
    return new Call(function, arguments);
  }
}
