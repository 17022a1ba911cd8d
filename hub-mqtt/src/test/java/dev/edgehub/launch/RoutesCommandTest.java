package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.mqtt.testing.Manifests;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code edge-hub routes}: what is printed where, and the exit status. */
final class RoutesCommandTest {

  private static final String PASSES =
      "{\"id\": \"a\", \"kind\": \"source\", \"source\": \"/*\", \"message\": {}, \"expect\": true}";
  private static final String FAILS = PASSES.replace("true", "false").replace("\"a\"", "\"b\"");

  @TempDir Path directory;
  private final Console console = new Console();

  @AfterEach
  void giveTheStreamsBack() {
    console.close();
  }

  private String file(String name, String content) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, content);
    return file.toString();
  }

  private String vectors(String name, String cases) throws IOException {
    return file(name, "{\"format\": \"routing-vectors/1\", \"cases\": [" + cases + "]}");
  }

  /** The last line of standard output, which is all of it. */
  private JsonNode json() throws IOException {
    assertEquals(1, console.out().lines().count(), console::out);
    assertTrue(console.out().chars().allMatch(c -> c < 128), console::out);
    return new JsonMapper().readTree(console.out());
  }

  @Test
  void withoutACommandOrAFileItIsWrongUsage() {
    assertEquals(ExitCode.USAGE, console.run("routes"));
    assertEquals(ExitCode.USAGE, console.run("routes", "test"));
    assertEquals(ExitCode.USAGE, console.run("routes", "check"));
    assertEquals(ExitCode.USAGE, console.run("routes", "explain", "--route", "FROM /*"));
    assertEquals(ExitCode.DONE, console.run("routes", "check", "--help"));
    assertEquals(ExitCode.DONE, console.run("routes", "test", "--help"));
    assertEquals(ExitCode.DONE, console.run("routes", "explain", "--help"));
  }

  @Test
  void testSaysHowManyPassed() throws IOException {
    String one = vectors("one.json", PASSES);
    String three = vectors("three.json", PASSES + "," + FAILS + "," + FAILS.replace("\"b\"", "7"));

    assertEquals(ExitCode.DONE, console.run("routes", "test", one));
    assertEquals(one + "      1 cases      1 passed      0 failed\n", console.out());

    assertEquals(ExitCode.FOUND_WRONG, console.run("routes", "test", one, three));
    assertEquals(
        one
            + "        1 cases      1 passed      0 failed\n"
            + three
            + "      3 cases      1 passed      2 failed\n"
            + "  FAILED b (source)\n"
            + "    expected  false\n"
            + "    actual    true\n"
            + "    the message's path is /messages/\n"
            + "  FAILED #3 (source)\n"
            + "    expected  \"a case of the format routing-vectors/1\"\n"
            + "    actual    \"malformed: expected id to be a text, found number\"\n"
            + "total"
            + " ".repeat(three.length() - 5)
            + "      4 cases      2 passed      2 failed\n",
        console.out());
  }

  @Test
  void testGivesJson() throws IOException {
    String file = vectors("some.json", PASSES + "," + FAILS);

    assertEquals(ExitCode.FOUND_WRONG, console.run("routes", "test", "--json", file));

    JsonNode json = json();
    assertEquals(2, json.get("cases").intValue());
    assertEquals(1, json.get("passed").intValue());
    assertEquals(1, json.get("failed").intValue());
    assertEquals(1, json.get("failures").size());
    JsonNode failure = json.get("failures").get(0);
    assertEquals(file, failure.get("file").textValue());
    assertEquals("b", failure.get("id").textValue());
    assertFalse(failure.get("expected").booleanValue());
    assertTrue(failure.get("actual").booleanValue());
  }

  @Test
  void testRunsTheJsonFilesOfADirectory() throws IOException {
    vectors("a.json", PASSES);
    vectors("b.json", PASSES);
    file("notes.txt", "no vectors");

    assertEquals(ExitCode.DONE, console.run("routes", "test", "--json", directory.toString()));

    assertEquals(2, json().get("cases").intValue());
  }

  @Test
  void testRefusesADirectoryWithoutFiles() throws IOException {
    assertEquals(ExitCode.USAGE, console.run("routes", "test", directory.toString()));

    assertTrue(console.err().contains("expected *.json files in the directory"), console::err);
  }

  @Test
  void testWarnsOfIdsGivenTwice() throws IOException {
    String file = vectors("twice.json", PASSES + "," + PASSES);

    assertEquals(ExitCode.DONE, console.run("routes", "test", file));

    assertTrue(console.err().contains("cases 1 and 2 have the same id, a"), console::err);
  }

  @Test
  void testRunsTheOtherFilesBesideOneThatCannotBeUsed() throws IOException {
    String absent = directory.resolve("absent.json").toString();
    String good = vectors("good.json", PASSES);

    assertEquals(ExitCode.USAGE, console.run("routes", "test", "--json", absent, good));

    JsonNode json = json();
    assertEquals(1, json.get("passed").intValue());
    assertEquals(absent, json.get("unusable").get(0).get("file").textValue());
    assertEquals("there is no such file", json.get("unusable").get(0).get("error").textValue());
    assertTrue(console.err().contains("there is no such file"), console::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not JSON", "[]", "{}", "{\"format\": \"routing-vectors/9\"}"})
  void testRefusesWhatIsNoVectorFile(String content) throws IOException {
    String file = file("bad.json", content);

    assertEquals(ExitCode.USAGE, console.run("routes", "test", file));

    assertTrue(console.err().startsWith("edge-hub: " + file + ": "), console::err);
    assertEquals(1, console.err().lines().count(), console::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "check"})
  void takesNoHarmFromHostileFiles(String command) throws IOException {
    byte[] rubbish = new byte[1 << 16];
    new Random(1).nextBytes(rubbish);
    Path binary = directory.resolve("binary.json");
    Files.write(binary, rubbish);
    Path sparse = directory.resolve("sparse.json");
    try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
      file.setLength(1L << 30);
    }
    String deep = file("deep.json", "{\"cases\":" + "[".repeat(100_000));

    for (String file : new String[] {binary.toString(), sparse.toString(), deep}) {
      int status = console.run("routes", command, file);

      // a manifest that is no JSON is an invalid manifest, not an unreadable file
      assertEquals(command.equals("test") ? ExitCode.USAGE : ExitCode.FOUND_WRONG, status, file);
      assertFalse((console.out() + console.err()).contains("\tat "), console::err);
    }
  }

  @Test
  void checkSaysWhatIsWrongWithEveryRoute() throws IOException {
    String good = file("good.json", Manifests.of("FROM /* INTO $upstream"));
    String bad =
        file(
            "bad.json",
            Manifests.of(
                "FROM /* WHERE a > 3 INTO $upstream",
                "FROM /* WHERE $body.x > 3 INTO $upstream",
                "FROM /*"));

    assertEquals(ExitCode.DONE, console.run("routes", "check", good));
    assertEquals(good + ": 1 route, no issues\n", console.out());

    assertEquals(ExitCode.FOUND_WRONG, console.run("routes", "check", good, bad));
    assertTrue(console.out().contains(bad + ": 3 routes, 2 issues, 1 warning\n"), console::out);
    assertTrue(console.out().contains("\n  operand-types: route "), console::out);
    assertTrue(
        console
            .out()
            .contains(
                """
                    FROM /* WHERE a > 3 INTO $upstream
                                    ^
                  hint: a is a string: write as_number(a)
                """),
        console::out);
    assertTrue(console.out().contains("\n  warning: missing-body-value: "), console::out);
    assertTrue(console.out().contains("\n  syntax: route "), console::out);
  }

  @Test
  void checkTakesRoutesAsText() {
    assertEquals(
        ExitCode.DONE, console.run("routes", "check", "--route", "FROM /* INTO $UPSTREAM"));
    assertEquals("--route: 1 route, no issues\n", console.out());

    assertEquals(
        ExitCode.FOUND_WRONG,
        console.run("routes", "check", "--route", "FROM /* INTO $upstream", "--route", "x"));
    assertTrue(console.out().startsWith("--route 1: 1 route, no issues\n"), console::out);
    assertTrue(console.out().contains("--route 2: 1 route, 1 issue\n"), console::out);
  }

  @Test
  void checkOnlyWarnsOfWhatIsLegal() {
    assertEquals(
        ExitCode.DONE,
        console.run("routes", "check", "--route", "FROM /* WHERE $body.x > 3 INTO $upstream"));

    assertTrue(console.out().startsWith("--route: 1 route, no issues, 1 warning\n"), console::out);
  }

  @Test
  void checkGivesJson() throws IOException {
    String manifest =
        file("m.json", Manifests.of("FROM /* WHERE a > 3 INTO $upstream").replace("1.1", "7"));

    assertEquals(
        ExitCode.FOUND_WRONG,
        console.run(
            "routes",
            "check",
            "--json",
            "--route",
            "FROM /* WHERE $body.x > 3 INTO $upstream",
            manifest));

    JsonNode json = json();
    assertEquals(2, json.get("routes").intValue());
    assertEquals(2, json.get("issues").size());
    assertEquals("manifest", json.get("issues").get(0).get("code").textValue());
    JsonNode issue = json.get("issues").get(1);
    assertEquals(manifest, issue.get("file").textValue());
    assertEquals("operand-types", issue.get("code").textValue());
    assertEquals(1, issue.get("line").intValue());
    assertEquals(17, issue.get("column").intValue());
    assertEquals("> does not take string and number", issue.get("text").textValue());
    assertTrue(issue.has("route") && issue.has("hint"), issue::toString);
    assertEquals("missing-body-value", json.get("warnings").get(0).get("code").textValue());
  }

  @Test
  void checkNamesAFileThatCannotBeRead() throws IOException {
    String absent = directory.resolve("absent.json").toString();

    assertEquals(ExitCode.USAGE, console.run("routes", "check", absent, directory.toString()));

    assertEquals(
        "edge-hub: "
            + absent
            + ": there is no such file\n"
            + "edge-hub: "
            + directory
            + ": expected a file, found a directory\n",
        console.err());
  }

  @Test
  void explainGivesJson() throws IOException {
    String message = file("m.json", "{\"properties\": {\"level\": \"\u00e9\"}}");

    assertEquals(
        ExitCode.DONE,
        console.run(
            "routes",
            "explain",
            "--json",
            "--route",
            "FROM /messages/* WHERE level = 'x' OR u = 'y' INTO BrokeredEndpoint('a/m/b/i')",
            "--message",
            message));

    JsonNode json = json();
    assertEquals("/messages/", json.get("source").get("path").textValue());
    assertTrue(json.get("source").get("selected").booleanValue());
    assertEquals("undefined", json.get("condition").textValue());
    assertEquals(7, json.get("parts").size());
    JsonNode level = json.get("parts").get(2);
    assertEquals(2, level.get("depth").intValue());
    assertEquals("level", level.get("text").textValue());
    assertEquals("string", level.get("kind").textValue());
    assertEquals("\u00e9", level.get("value").textValue());
    JsonNode absent = json.get("parts").get(5);
    assertEquals("undefined", absent.get("kind").textValue());
    assertEquals("the message has no property u", absent.get("note").textValue());
    assertFalse(absent.has("value"));
    assertEquals("m", json.get("sink").get("moduleId").textValue());
    assertFalse(json.get("delivered").booleanValue());
  }

  @Test
  void explainPrintsTheIssuesOfAWrongRoute() throws IOException {
    String message = file("m.json", "{}");
    String[] args = {
      "routes", "explain", "--route", "FROM /* WHERE a == 1 INTO $upstream", "--message", message
    };

    assertEquals(ExitCode.USAGE, console.run(args));
    assertEquals("", console.out());
    assertTrue(console.err().startsWith("edge-hub: the route is not valid\n"), console::err);
    assertTrue(console.err().contains("^\n  hint: write = once\n"), console::err);
  }

  @Test
  void explainTakesAMessageOfAVectorFile() throws IOException {
    String file =
        file(
            "v.json",
            "{\"format\": \"routing-vectors/1\", \"cases\": [],"
                + " \"messages\": {\"hot\": {\"properties\": {\"t\": \"31\"}}}}");
    String[] args = {
      "routes", "explain", "--route", "FROM /* WHERE t = '31' INTO $upstream", "--message", file
    };
    String[] named = Arrays.copyOf(args, args.length + 2);
    named[args.length] = "--name";
    named[args.length + 1] = "hot";

    assertEquals(ExitCode.USAGE, console.run(args));
    assertTrue(console.err().contains("name one of its messages"), console::err);
    assertEquals(ExitCode.DONE, console.run(named));
    assertTrue(console.out().endsWith("decision   delivered to $upstream\n"), console::out);
    named[named.length - 1] = "cold";
    assertEquals(ExitCode.USAGE, console.run(named));
    assertTrue(console.err().contains("the file has no message named cold"), console::err);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not JSON", "[]", "{\"properties\": 3}"})
  void explainRefusesWhatIsNoMessage(String content) throws IOException {
    String file = file("m.json", content);

    assertEquals(
        ExitCode.USAGE,
        console.run("routes", "explain", "--route", "FROM /* INTO $upstream", "--message", file));

    assertTrue(console.err().startsWith("edge-hub: " + file + ": "), console::err);
  }
}
