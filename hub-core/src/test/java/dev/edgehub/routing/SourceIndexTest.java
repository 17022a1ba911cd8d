package dev.edgehub.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.lang.SourcePattern;
import dev.edgehub.manifest.Manifest;
import dev.edgehub.manifest.RouteSpec;
import dev.edgehub.testing.MessageFixtures;
import dev.edgehub.testing.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The index beside the rule it stands for: {@link SourcePattern#matches} asked of every route. */
class SourceIndexTest {

  /** Some differ by case alone, some in one alphabet only, some of them by two characters. */
  private static final List<String> SEGMENTS =
      List.of(
          "a", "A", "b", "ab", "é", "É", "k", "\u212a", "i", "ı", "İ", "ß", "ſ", "S", "𐐨", "𐐀",
          "µ", "μ");

  private static RouteTable table(List<String> patterns) {
    List<RouteSpec> routes = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      String into = "BrokeredEndpoint(\"/modules/m/inputs/" + i + "\")";
      String text = "FROM " + patterns.get(i) + " WHERE x = 'y' OR true INTO " + into;
      routes.add(new RouteSpec(String.format("r%05d", i), text, i % 3, 0));
    }
    RouteTableResult result = RouteTable.compile(new Manifest(routes, 7_200));
    return assertInstanceOf(RouteTableResult.Compiled.class, result, result::toString).table();
  }

  private static List<Integer> routes(RouteTable table, String path) {
    MessageAdapter view = new MessageAdapter(MessageFixtures.message("x"), table.bodyPaths());
    return table.route(path, view).stream()
        .map(target -> Integer.valueOf(target.route().substring(1)))
        .toList();
  }

  private static String path(Random random, int most) {
    StringBuilder path = new StringBuilder();
    for (int segments = random.nextInt(most) + 1; segments > 0; segments--) {
      path.append('/').append(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
    }
    return path.toString();
  }

  @Test
  void findsWhatEveryPatternByItselfMatches() {
    Random random = Seed.random("SourceIndexTest");
    for (int tables = 0; tables < 10; tables++) {
      List<String> patterns = IntStream.range(0, 200).mapToObj(i -> path(random, 3)).toList();
      RouteTable table = table(patterns);
      int found = 0;
      for (int i = 0; i < 500; i++) {
        String path = path(random, 4) + "/";
        List<Integer> expected =
            IntStream.range(0, patterns.size())
                .filter(route -> new SourcePattern(patterns.get(route) + "/").matches(path))
                .boxed()
                .sorted((a, b) -> a % 3 != b % 3 ? a % 3 - b % 3 : a - b)
                .toList();
        assertEquals(expected, routes(table, path), () -> path + " of " + patterns);
        found += expected.size();
      }
      assertTrue(found > 100, "matches: " + found);
    }
  }

  @Test
  void answersForPathsThatAreNone() {
    RouteTable table = table(List.of("/a", "/a/b"));

    assertEquals(List.of(), routes(table, ""));
    assertEquals(List.of(), routes(table, "/"));
    assertEquals(List.of(), routes(table, "a/"));
    assertEquals(List.of(), routes(table, "/ab/"));
    assertEquals(List.of(0), routes(table, "/a/bb/"));
    assertEquals(List.of(0, 1), routes(table, "/a/b" + "/x".repeat(10_000)));
  }

  @Test
  void answersTheSameWhenThereIsNoRoomToKeepCandidates() {
    List<String> patterns = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      patterns.add("/*");
    }
    for (int i = 0; i < 1_100; i++) {
      patterns.add("/m" + i);
    }
    RouteTable table = table(patterns);

    for (int step : new int[] {1, 10}) {
      for (int i = 0; i < 1_100; i += step) {
        List<Integer> routes = routes(table, "/m" + i + "/");
        assertEquals(1_001, routes.size());
        assertTrue(routes.contains(1_000 + i));
      }
    }
  }
}
