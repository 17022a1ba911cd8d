package dev.edgehub.lang.reference;

import dev.edgehub.lang.reference.Tree.Access;
import dev.edgehub.lang.reference.Tree.LiteralKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Writes a condition in one of the many ways in which it may be written: brackets that are needed
 * and some that are not, any case, either quotes, escapes, and no more space than the lexer needs
 * or any amount of it.
 */
public final class TreePrinter implements Tree.Visitor<List<String>> {

  private static final String NO_NAME = "()<>@,;:\\\"/[]?={} \t\r\n";
  private static final List<String> SPACES = List.of(" ", " ", "  ", "\t", "\n", "\r\n", "/* c */");

  private final Random random;

  public TreePrinter(Random random) {
    this.random = random;
  }

  /** The condition as text. */
  public String print(Tree tree) {
    StringBuilder text = new StringBuilder();
    for (String token : within(0, tree)) {
      append(text, token);
    }
    return text.toString();
  }

  /** Tokens whose ends could be one name have to be kept apart; behind a $ it may hold brackets. */
  private void append(StringBuilder text, String token) {
    char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
    boolean needed = (isNameChar(last) || last == ']') && isNameChar(token.charAt(0));
    if (needed || random.nextInt(3) == 0) {
      String space = SPACES.get(random.nextInt(SPACES.size()));
      text.append(last == '/' && space.startsWith("/") ? " " : space);
    }
    text.append(token);
  }

  private static boolean isNameChar(char c) {
    return NO_NAME.indexOf(c) < 0;
  }

  /** In brackets if the place asks for a higher level, or just so. */
  private List<String> within(int level, Tree tree) {
    boolean needed = level(tree) < level;
    List<String> tokens = new ArrayList<>(tree.accept(this));
    if (needed || random.nextInt(12) == 0) {
      tokens.add(0, "(");
      tokens.add(")");
    }
    return tokens;
  }

  private static int level(Tree tree) {
    if (tree instanceof Tree.Binary binary) {
      return binary.op().level();
    }
    return tree instanceof Tree.Prefix ? Op.PREFIX : Op.PRIMARY;
  }

  @Override
  public List<String> literal(Tree.Literal tree) {
    return List.of(tree.kind() == LiteralKind.STRING ? quoted(tree.text()) : tree.text());
  }

  private String quoted(String content) {
    char quote = random.nextBoolean() ? '"' : '\'';
    StringBuilder text = new StringBuilder().append(quote);
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      if (random.nextInt(16) == 0) {
        text.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
      } else if (c == '\\' || c == quote) {
        text.append('\\').append(c);
      } else {
        text.append(c);
      }
    }
    return text.append(quote).toString();
  }

  @Override
  public List<String> read(Tree.Read tree) {
    boolean keyword = tree.access() == Access.USER && Character.isUpperCase(tree.name().charAt(0));
    String name = keyword ? tree.name() : anyCase(tree.name());
    return switch (tree.access()) {
      case USER -> List.of(name);
      case EITHER -> List.of("$" + name);
      case SYSTEM -> List.of("{", "$" + name, "}");
      case BRACKETED -> List.of("$" + name + "[0]");
    };
  }

  @Override
  public List<String> body(Tree.Body tree) {
    String name = anyCase("$body.") + tree.path();
    return tree.braced() ? List.of("{", name, "}") : List.of(name);
  }

  @Override
  public List<String> prefix(Tree.Prefix tree) {
    List<String> tokens = new ArrayList<>();
    tokens.add(tree.not() ? anyCase("not") : "-");
    tokens.addAll(within(Op.PREFIX, tree.operand()));
    return tokens;
  }

  @Override
  public List<String> binary(Tree.Binary tree) {
    List<String> spellings = tree.op().spellings();
    List<String> tokens = new ArrayList<>(within(tree.op().level(), tree.left()));
    tokens.add(anyCase(spellings.get(random.nextInt(spellings.size()))));
    tokens.addAll(within(tree.op().level() + 1, tree.right()));
    return tokens;
  }

  @Override
  public List<String> call(Tree.Call tree) {
    List<String> tokens = new ArrayList<>();
    tokens.add(anyCase(tree.function()));
    tokens.add("(");
    for (Tree argument : tree.arguments()) {
      if (tokens.size() > 2) {
        tokens.add(",");
      }
      tokens.addAll(within(0, argument));
    }
    tokens.add(")");
    return tokens;
  }

  private String anyCase(String text) {
    return switch (random.nextInt(4)) {
      case 0 -> text.toUpperCase(Locale.ROOT);
      case 1 -> text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
      default -> text;
    };
  }
}
