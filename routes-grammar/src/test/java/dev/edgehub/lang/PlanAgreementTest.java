package dev.edgehub.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.lang.CompileResult.Compiled;
import dev.edgehub.lang.CompileResult.Rejected;
import dev.edgehub.lang.eval.Builtin;
import dev.edgehub.lang.reference.MessageMaker;
import dev.edgehub.lang.reference.Op;
import dev.edgehub.lang.reference.RandomMessage;
import dev.edgehub.lang.reference.Tally;
import dev.edgehub.lang.reference.Tree;
import dev.edgehub.lang.reference.TreeAnswers;
import dev.edgehub.lang.reference.TreeMaker;
import dev.edgehub.lang.reference.TreePrinter;
import dev.edgehub.lang.reference.TreeTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A million random pairs of route and message, answered by the plan and by a reference that walks
 * the tree. Replay with {@code -Dhub.seed=}; {@code -Dhub.routes=} makes more of them.
 */
class PlanAgreementTest {

  private static final int ROUTES = Integer.getInteger("hub.routes", 46_000);
  private static final int MESSAGES_PER_ROUTE = 24;
  private static final int MESSAGES = 2_000;

  /** One in so many conditions has to hold each piece of the language. */
  private static final int SELDOM = 500;

  /** A message in both of its forms. */
  private record Pair(RandomMessage reference, JsonMessage view) {}

  private final long seed = Long.getLong("hub.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final RouteCompiler compiler = new RouteCompiler(CompileLimits.DEFAULT);
  private final Tally tally = new Tally();

  @Test
  void planAnswersAsTheReferenceDoes() throws Exception {
    System.out.println("replay with -Dhub.seed=" + seed);
    List<Pair> messages = messages();
    TreeMaker maker = new TreeMaker(random);
    TreePrinter printer = new TreePrinter(random);
    for (int i = 0; i < ROUTES; i++) {
      Tree tree = maker.condition();
      tally.note(tree);
      check(tree, "FROM /messages WHERE " + printer.print(tree) + " INTO $upstream", messages);
    }
    System.out.println(tally);
    everythingOccurs();
  }

  private List<Pair> messages() throws Exception {
    MessageMaker maker = new MessageMaker(random);
    List<Pair> messages = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      RandomMessage message = maker.message();
      messages.add(
          new Pair(
              message, new JsonMessage(JsonMapper.builder().build().readTree(message.json()))));
    }
    return messages;
  }

  private void check(Tree tree, String text, List<Pair> messages) {
    CompileResult result = compiler.compile("r", text);
    if (!TreeTypes.accepts(tree)) {
      assertTrue(result instanceof Rejected, () -> "seed " + seed + ", not refused: " + text);
      tally.count("rejected");
      return;
    }
    if (!(result instanceof Compiled compiled)) {
      fail("seed " + seed + ", refused: " + text + "\n" + ((Rejected) result).issues());
      return;
    }
    for (int i = 0; i < MESSAGES_PER_ROUTE; i++) {
      Pair message = messages.get(random.nextInt(MESSAGES));
      String expected = TreeAnswers.of(tree, message.reference());
      Object answer = compiled.route().condition().evaluate(message.view());
      assertEquals(
          expected,
          answer.toString().toLowerCase(Locale.ROOT),
          () -> "seed " + seed + "\n" + text + "\n" + message.reference().json());
      tally.count(expected);
    }
  }

  private void everythingOccurs() {
    List<String> pieces = new ArrayList<>();
    for (Op op : Op.values()) {
      pieces.add("operator " + op);
    }
    for (Builtin function : Builtin.values()) {
      pieces.add("function " + function.name().toLowerCase(Locale.ROOT));
    }
    for (Tree.LiteralKind kind : Tree.LiteralKind.values()) {
      pieces.add("literal " + kind);
    }
    for (Tree.Access access : Tree.Access.values()) {
      pieces.add("property " + access);
    }
    pieces.addAll(List.of("NOT", "minus", "body", "body in braces"));
    for (String piece : pieces) {
      assertTrue(tally.of(piece) >= ROUTES / SELDOM, piece + ": " + tally.of(piece));
    }
    int evaluated = tally.of("true") + tally.of("false") + tally.of("undefined");
    assertTrue(evaluated >= 22 * ROUTES, "pairs: " + evaluated);
    for (String answer : List.of("true", "false", "undefined")) {
      assertTrue(tally.of(answer) >= evaluated / 10, answer + ": " + tally.of(answer));
    }
    assertTrue(tally.of("rejected") >= ROUTES / 20, "rejected: " + tally.of("rejected"));
  }
}
