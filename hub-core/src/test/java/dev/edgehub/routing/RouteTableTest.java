package dev.edgehub.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.manifest.Manifest;
import dev.edgehub.manifest.RouteSpec;
import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageSource;
import dev.edgehub.message.SinkId;
import dev.edgehub.testing.MessageFixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouteTableTest {

  private static final int LAST = RouteSpec.DEFAULT_PRIORITY;
  private static final Message MESSAGE = MessageFixtures.message("x");

  private static RouteSpec route(String name, String text) {
    return new RouteSpec(name, text, LAST, 0);
  }

  private static RouteTableResult compile(RouteSpec... routes) {
    return RouteTable.compile(new Manifest(Arrays.asList(routes), 7_200));
  }

  private static RouteTable table(RouteSpec... routes) {
    return assertInstanceOf(RouteTableResult.Compiled.class, compile(routes)).table();
  }

  private static List<String> issues(RouteSpec... routes) {
    return assertInstanceOf(RouteTableResult.Rejected.class, compile(routes)).issues();
  }

  private static List<String> routes(RouteTable table, Message message) {
    return table.route(message).stream().map(RouteTarget::route).toList();
  }

  @Test
  void givesASinkTheMessageOnceByTheStrongestRoute() {
    RouteTable table =
        table(
            new RouteSpec("weak", "FROM /* INTO $upstream", 5, 60),
            new RouteSpec("strong", "FROM /messages INTO $upstream", 1, 30));

    List<RouteTarget> targets = table.route(MESSAGE);

    assertEquals(1, targets.size());
    assertEquals("strong", targets.get(0).route());
    assertEquals(1, targets.get(0).priority());
    assertEquals(30, targets.get(0).timeToLiveSecs());
  }

  @Test
  void takesTheFirstNameAmongEqualPriorities() {
    RouteTable table =
        table(
            new RouteSpec("b", "FROM /* INTO $upstream", 1, 60),
            new RouteSpec("a", "FROM /* INTO $upstream", 1, 30));

    assertEquals(List.of("a"), routes(table, MESSAGE));
  }

  @Test
  void fallsBackToAWeakerRouteWhenTheStrongerConditionFails() {
    RouteTable table =
        table(
            new RouteSpec("alerts", "FROM /* WHERE $body.alert INTO $upstream", 0, 0),
            route("rest", "FROM /* INTO $upstream"));

    assertEquals(List.of("alerts"), routes(table, MessageFixtures.json("{\"alert\":true}")));
    assertEquals(List.of("rest"), routes(table, MessageFixtures.json("{\"alert\":false}")));
    assertEquals(List.of("rest"), routes(table, MESSAGE));
  }

  @Test
  void treatsUndefinedAsNoMatch() {
    RouteTable table =
        table(
            route("a", "FROM /* WHERE nope = 'x' INTO $upstream"),
            route("b", "FROM /* WHERE NOT (nope = 'x') INTO $upstream"));

    assertEquals(List.of(), routes(table, MESSAGE));
  }

  @Test
  void reportsEveryMistakeOfEveryRoute() {
    List<String> issues =
        issues(
            route("good", "FROM /* INTO $upstream"),
            route("nowhere", "FROM /* TO $upstream"),
            route("types", "FROM /* WHERE 1 + 'x' = 2 INTO $upstream"));

    assertTrue(issues.size() >= 2, issues.toString());
    assertTrue(issues.stream().anyMatch(issue -> issue.contains("nowhere")), issues.toString());
    assertTrue(issues.stream().anyMatch(issue -> issue.contains("types")), issues.toString());
    assertTrue(issues.stream().noneMatch(issue -> issue.contains("good")), issues.toString());
  }

  @Test
  void refusesASinkWhoseNameNoQueueCanHave() {
    String text = "FROM /* INTO BrokeredEndpoint(\"/modules/" + "m".repeat(2_000) + "/inputs/i\")";

    List<String> issues = issues(route("long", text));

    assertTrue(issues.get(0).contains("long"), issues.toString());
  }

  @Test
  void warnsOfWhatIsLegalButOdd() {
    RouteTableResult result = compile(route("w", "FROM /* WHERE $body.x > 5 INTO $upstream"));

    List<String> warnings = assertInstanceOf(RouteTableResult.Compiled.class, result).warnings();

    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("is_defined"), warnings.get(0));
  }

  @Test
  void namesItsSinksAndTargets() {
    RouteTable table =
        table(
            route("a", "FROM /* INTO $upstream"),
            route("b", "FROM /* INTO BrokeredEndpoint(\"/modules/agg/inputs/in1\")"),
            route("c", "FROM /messages INTO $upstream"));

    assertEquals(Set.of(SinkId.UPSTREAM, new SinkId.ModuleInput("agg", "in1")), table.sinks());
    assertEquals(3, table.targets().size());
    assertEquals(List.of(), RouteTable.EMPTY.route(MESSAGE));
  }

  @Test
  void answersForAnyNumberOfPaths() {
    RouteTable table = table(route("a", "FROM /messages/modules/m1/outputs/* INTO $upstream"));

    long matches =
        IntStream.range(0, 6_000)
            .filter(
                i -> {
                  Identity.Module module = new Identity.Module("edge", i % 2 == 0 ? "m1" : "m2");
                  MessageSource source = MessageSource.of(module, "o" + i);
                  return !table.route(MessageFixtures.message(source, "x")).isEmpty();
                })
            .count();

    assertEquals(3_000, matches);
  }

  @Test
  void givesEachOfManySinksAMessageOnce() {
    List<RouteSpec> routes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String into = " INTO BrokeredEndpoint(\"/modules/m/inputs/i" + i / 3 + "\")";
      routes.add(new RouteSpec("r" + i, "FROM /* WHERE is_defined('x')" + into, i % 3, 0));
    }
    List<RouteTarget> targets = table(routes.toArray(new RouteSpec[0])).route(MESSAGE);

    assertEquals(100, targets.size());
    assertEquals(100, targets.stream().map(RouteTarget::sink).distinct().count());
    assertTrue(targets.stream().allMatch(target -> target.priority() == 0));
  }

  @Test
  void countsTheDeadlineFromTheMomentOfAcceptance() {
    assertEquals(1_000 + 30_000, target(30).deadlineMillis(1_000));
    assertEquals(1_000 + 4_294_967_295_000L, target(4_294_967_295L).deadlineMillis(1_000));
    assertEquals(Long.MAX_VALUE, target(-1).deadlineMillis(1_000));
  }

  @Test
  void leavesTimeForADeliveryWhenTheTimeToLiveIsZero() {
    // the original lets such a message go to a sink that is there, until its next clean-up
    assertEquals(1_000 + 30_000, target(0).deadlineMillis(1_000));
  }

  private static RouteTarget target(long manifestTtl) {
    List<RouteSpec> routes = List.of(route("a", "FROM /* INTO $upstream"));
    RouteTableResult result = RouteTable.compile(new Manifest(routes, manifestTtl));
    return assertInstanceOf(RouteTableResult.Compiled.class, result).table().targets().get(0);
  }
}
