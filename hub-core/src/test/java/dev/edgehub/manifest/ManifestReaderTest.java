package dev.edgehub.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {

  private static final String ROUTE = "FROM /* INTO $upstream";
  private static final String TTL = "\"storeAndForwardConfiguration\":{\"timeToLiveSecs\":7200}";

  private static Manifest accepted(String json) {
    ManifestResult result = ManifestReader.read(json.getBytes(StandardCharsets.UTF_8));
    return assertInstanceOf(ManifestResult.Accepted.class, result).manifest();
  }

  private static List<String> issues(String json) {
    ManifestResult result = ManifestReader.read(json.getBytes(StandardCharsets.UTF_8));
    List<String> issues = assertInstanceOf(ManifestResult.Rejected.class, result).issues();
    assertTrue(!issues.isEmpty(), "refused without a reason");
    return issues;
  }

  private static void assertOneIssue(String json, String... parts) {
    List<String> issues = issues(json);
    assertEquals(1, issues.size(), issues.toString());
    for (String part : parts) {
      assertTrue(issues.get(0).contains(part), () -> part + " in " + issues.get(0));
    }
  }

  /** A manifest with these members in the hub's desired properties. */
  private static String hub(String members) {
    return "{\"modulesContent\":{\"$edgeHub\":{\"properties.desired\":{" + members + "}}}}";
  }

  private static String routes(String schema, String routes) {
    return hub("\"schemaVersion\":\"" + schema + "\",\"routes\":" + routes + "," + TTL);
  }

  private static RouteSpec route(String object) {
    return accepted(routes("1.1", "{\"a\":" + object + "}")).routes().get(0);
  }

  @Test
  void readsBothEnvelopesBareAndInsideContent() {
    String modern = routes("1.0", "{\"a\":\"" + ROUTE + "\"}");
    String legacy = modern.replace("modulesContent", "moduleContent");
    Manifest expected =
        new Manifest(List.of(new RouteSpec("a", ROUTE, RouteSpec.DEFAULT_PRIORITY, 0)), 7_200);

    assertEquals(expected, accepted(modern));
    assertEquals(expected, accepted(legacy));
    assertEquals(expected, accepted("{\"content\":" + modern + ",\"metrics\":{}}"));
    assertEquals(expected, accepted("{\"content\":" + legacy + "}"));
  }

  @Test
  void refusesBothEnvelopesAtOnce() {
    assertOneIssue("{\"modulesContent\":{},\"moduleContent\":{}}", "found both");
  }

  @Test
  void readsStringAndObjectRoutesInTheOrderOfTheirNames() {
    Manifest manifest =
        accepted(
            routes(
                "1.1",
                "{\"b\":{\"route\":\"x\",\"priority\":0,\"timeToLiveSecs\":60},\"a\":\"y\"}"));

    assertEquals(
        List.of(
            new RouteSpec("a", "y", RouteSpec.DEFAULT_PRIORITY, 0), new RouteSpec("b", "x", 0, 60)),
        manifest.routes());
  }

  @Test
  void knowsSchemasFrom10To13() {
    for (String schema : List.of("1.0", "1.1", "1.2", "1.3", "1.1.0", "1.1.0.9")) {
      assertEquals(0, accepted(routes(schema, "{}")).routes().size(), schema);
    }
    for (String schema : List.of("", "1", "1.4", "1.10", "0.9", "2.0", "1.1.", " 1.1", "1.1-b")) {
      assertOneIssue(routes(schema, "{}"), "schemaVersion");
    }
    assertOneIssue(hub("\"schemaVersion\":1.1,\"routes\":{}," + TTL), "schemaVersion", "1.1");
    assertOneIssue(hub("\"routes\":{}," + TTL), "schemaVersion", "nothing");
  }

  @Test
  void knowsRoutesUnderSchema10AsTextOnly() {
    assertEquals(0, accepted(routes("1.0", "{\"a\":\"  \"}")).routes().size());
    assertEquals(0, accepted(hub("\"schemaVersion\":\"1.0\"," + TTL)).routes().size());
    assertOneIssue(routes("1.0", "{\"a\":{\"route\":\"x\"}}"), "/routes/a", "1.1");
  }

  @Test
  void wantsRoutesFromSchema11On() {
    assertOneIssue(hub("\"schemaVersion\":\"1.1\"," + TTL), "/routes", "nothing");
    assertOneIssue(routes("1.1", "[]"), "/routes", "array");
  }

  @Test
  void leavesABlankRouteToTheCompilerFromSchema11On() {
    assertEquals(" ", accepted(routes("1.1", "{\"a\":\" \"}")).routes().get(0).text());
  }

  @Test
  void refusesRoutesThatAreNeitherTextNorObject() {
    for (String value : List.of("7", "null", "true", "[]", "{}", "{\"route\":7}")) {
      assertOneIssue(routes("1.1", "{\"a\":" + value + "}"), "/routes/a");
    }
  }

  @Test
  void takesPrioritiesFrom0To9AndTheDefaultOne() {
    assertEquals(0, route("{\"route\":\"x\",\"priority\":0}").priority());
    assertEquals(9, route("{\"route\":\"x\",\"priority\":9}").priority());
    assertEquals(2_000_000_000, route("{\"route\":\"x\",\"priority\":2000000000}").priority());
    assertEquals(2_000_000_000, route("{\"route\":\"x\"}").priority());
    for (String wrong : List.of("-1", "10", "1.5", "\"1\"", "null", "99999999999", "1e400")) {
      assertOneIssue(
          routes("1.1", "{\"a\":{\"route\":\"x\",\"priority\":" + wrong + "}}"), "a/priority");
    }
  }

  @Test
  void takesRouteLimitsOfAtLeastOneByte() {
    assertEquals(0, route("{\"route\":\"x\"}").maxBytes());
    assertEquals(1, route("{\"route\":\"x\",\"maxBytes\":1}").maxBytes());
    assertEquals(
        Long.MAX_VALUE, route("{\"route\":\"x\",\"maxBytes\":9223372036854775807}").maxBytes());
    for (String wrong :
        List.of("0", "-1", "9223372036854775808", "1.5", "\"60\"", "null", "1e400")) {
      assertOneIssue(
          routes("1.1", "{\"a\":{\"route\":\"x\",\"maxBytes\":" + wrong + "}}"), "a/maxBytes");
    }
  }

  @Test
  void takesRouteTimesToLiveOf32Bits() {
    assertEquals(0, route("{\"route\":\"x\",\"timeToLiveSecs\":0}").timeToLiveSecs());
    assertEquals(
        4_294_967_295L, route("{\"route\":\"x\",\"timeToLiveSecs\":4294967295}").timeToLiveSecs());
    for (String wrong : List.of("-1", "4294967296", "1.5", "\"60\"", "null")) {
      assertOneIssue(
          routes("1.1", "{\"a\":{\"route\":\"x\",\"timeToLiveSecs\":" + wrong + "}}"),
          "a/timeToLiveSecs");
    }
  }

  @Test
  void takesTheManifestsTimeToLive() {
    assertEquals(-1, withTtl("{\"timeToLiveSecs\":-1}").timeToLiveSecs());
    assertEquals(0, withTtl("{}").timeToLiveSecs());
    assertEquals(Integer.MAX_VALUE, withTtl("{\"timeToLiveSecs\":2147483647}").timeToLiveSecs());
    for (String wrong :
        List.of(
            "null",
            "7200",
            "{\"timeToLiveSecs\":\"7200\"}",
            "{\"timeToLiveSecs\":2147483648}",
            "{\"timeToLiveSecs\":null}")) {
      assertOneIssue(withTtlText(wrong), "storeAndForwardConfiguration");
    }
    assertOneIssue(
        hub("\"schemaVersion\":\"1.1\",\"routes\":{}"), "storeAndForwardConfiguration", "nothing");
  }

  private static Manifest withTtl(String value) {
    return accepted(withTtlText(value));
  }

  private static String withTtlText(String value) {
    return hub("\"schemaVersion\":\"1.1\",\"routes\":{},\"storeAndForwardConfiguration\":" + value);
  }

  @Test
  void refusesNamesThatNoTwinCanHave() {
    for (String name : List.of("", "a b", "a.b", "a$", "#", "a\\tb")) {
      assertOneIssue(routes("1.1", "{\"" + name + "\":\"" + ROUTE + "\"}"), "name");
    }
    assertEquals("Route_1-é", route("Route_1-é", ROUTE).name());
  }

  private static RouteSpec route(String name, String text) {
    return accepted(routes("1.1", "{\"" + name + "\":\"" + text + "\"}")).routes().get(0);
  }

  @Test
  void reportsEverythingAtOnce() {
    String json =
        hub(
            "\"schemaVersion\":\"9\",\"routes\":{\"a\":7,\"b c\":\"x\","
                + "\"d\":{\"route\":\"x\",\"priority\":-1,\"timeToLiveSecs\":-1}}");

    List<String> issues = issues(json);

    assertEquals(6, issues.size(), issues.toString());
  }

  @Test
  void refusesManifestsWithoutTheHubsSection() {
    assertOneIssue("{}", "modulesContent", "nothing");
    assertOneIssue("{\"modulesContent\":[]}", "modulesContent", "array");
    assertOneIssue("{\"modulesContent\":{}}", "$edgeHub");
    assertOneIssue("{\"modulesContent\":{\"$edgeHub\":{}}}", "properties.desired", "nothing");
    assertOneIssue("{\"modulesContent\":{\"$edgeHub\":7}}", "properties.desired");
    assertOneIssue("{\"modulesContent\":{\"$edgeHub\":{\"properties.desired\":null}}}", "null");
  }

  @Test
  void refusesMembersGivenTwice() {
    assertOneIssue(routes("1.1", "{\"a\":\"x\",\"a\":\"y\"}"), "line 1", "'a'");
  }

  @Test
  void refusesWhatIsNotJson() {
    String good = routes("1.1", "{}");

    for (String text :
        List.of(
            "", "{", "null", "[]", "7", "\"x\"", "nonsense", "{'a':1}", good + "}", good + good)) {
      issues(text);
    }
    assertOneIssue("{\n  \"modulesContent\": {,", "line 2");
  }

  @Test
  void refusesDeepNestingWithoutFallingOver() {
    assertOneIssue("{\"a\":".repeat(1_000), "not JSON");
    assertOneIssue("[".repeat(1_000_000), "not JSON");
  }

  @Test
  void refusesATreeThatWouldFillTheMemory() {
    String small = "{\"x\":[" + "{},".repeat(1_000_000) + "{}]}";

    ManifestResult result = ManifestReader.read(small.getBytes(StandardCharsets.UTF_8));

    String issue = assertInstanceOf(ManifestResult.Rejected.class, result).issues().get(0);
    assertTrue(issue.contains("Token count"), issue);
  }

  @Test
  void stillReadsTheRoutesBesideAWrongPriority() {
    String manifest =
        "{\"modulesContent\":{\"$edgeHub\":{\"properties.desired\":{\"schemaVersion\":\"1.1\","
            + "\"routes\":{\"a\":{\"route\":\"x\",\"priority\":10},\"b\":\"y\"},"
            + "\"storeAndForwardConfiguration\":{}}}}}";

    ManifestResult result = ManifestReader.read(manifest.getBytes(StandardCharsets.UTF_8));

    ManifestResult.Rejected rejected = assertInstanceOf(ManifestResult.Rejected.class, result);
    assertEquals(1, rejected.issues().size());
    assertEquals(List.of("x", "y"), rejected.routes().stream().map(RouteSpec::text).toList());
  }

  @Test
  void refusesMoreThanItsLimits() {
    byte[] large = new byte[ManifestReader.MAX_BYTES + 1];
    Arrays.fill(large, (byte) ' ');
    String many =
        IntStream.rangeClosed(0, ManifestReader.MAX_ROUTES)
            .mapToObj(i -> "\"r" + i + "\":\"x\"")
            .collect(Collectors.joining(",", "{", "}"));

    ManifestResult result = ManifestReader.read(large);

    assertTrue(
        assertInstanceOf(ManifestResult.Rejected.class, result)
            .issues()
            .get(0)
            .contains("8388608"));
    assertOneIssue(routes("1.1", many), "at most 10000 routes");
  }

  @Test
  void neverThrowsBecauseOfDamage() {
    Random random = Seed.random("ManifestReaderTest");
    byte[] good =
        routes("1.1", "{\"b\":{\"route\":\"x\",\"priority\":0,\"timeToLiveSecs\":60},\"a\":\"y\"}")
            .getBytes(StandardCharsets.UTF_8);

    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      ManifestReader.read(bytes);
    }
  }
}
