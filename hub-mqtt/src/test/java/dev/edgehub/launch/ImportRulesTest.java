package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.hub.EdgeHub;
import dev.edgehub.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which package may use which, as {@code import-rules.txt} says. */
final class ImportRulesTest {

  private static final Path RULES = Path.of("src/test/resources/import-rules.txt");
  private static final String OURS = "dev.edgehub.";

  /** What each of our packages uses: ours without the common prefix, others in full. */
  private static Map<String, Set<String>> arrows = Map.of();

  @BeforeAll
  static void askJdeps() throws URISyntaxException, ClassNotFoundException {
    arrows = new TreeMap<>();
    List<String> arguments = new ArrayList<>(List.of("-verbose:package", "--multi-release", "17"));
    for (Class<?> one :
        List.of(
            Class.forName(OURS + "lang.RouteCompiler"),
            Store.class,
            EdgeHub.class,
            HubAssembly.class)) {
      arguments.add(
          Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    StringWriter output = new StringWriter();
    ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();

    int status =
        jdeps.run(
            new PrintWriter(output), new PrintWriter(output), arguments.toArray(String[]::new));

    assertEquals(0, status, output.toString());
    for (String line : output.toString().lines().toList()) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length >= 3 && words[0].startsWith(OURS) && words[1].equals("->")) {
        arrows.computeIfAbsent(shorten(words[0]), name -> new TreeSet<>()).add(shorten(words[2]));
      }
    }
  }

  @Test
  void jdepsSawAllPackages() {
    assertTrue(
        arrows.keySet().containsAll(Set.of("lang", "store", "hub", "mqtt.wire", "launch")),
        () -> "" + arrows.keySet());
    assertTrue(arrows.get("mqtt.wire").contains("io.netty.handler.codec.mqtt"), () -> "" + arrows);
  }

  @Test
  void packagesUseOnlyWhatTheRulesAllow() throws IOException {
    Rules rules = Rules.read();
    List<String> forbidden = new ArrayList<>();
    arrows.forEach(
        (from, targets) -> {
          for (String to : targets) {
            if (!rules.allow(from, to)) {
              forbidden.add(from + " -> " + to);
            }
          }
        });

    assertEquals(
        List.of(), forbidden, "arrows that " + RULES + " does not allow; change the code first");
  }

  @Test
  void everyRuleIsAboutAPackageThatIsThere() throws IOException {
    Set<String> gone = new TreeSet<>(Rules.read().uses.keySet());
    gone.removeAll(arrows.keySet());

    assertEquals(Set.of(), gone);
  }

  @Test
  void packagesFormNoCycle() {
    Map<String, Integer> state = new HashMap<>();
    for (String start : arrows.keySet()) {
      follow(start, new ArrayList<>(), state);
    }
  }

  private static void follow(String at, List<String> path, Map<String, Integer> state) {
    path.add(at);
    if (state.getOrDefault(at, 0) == 1) {
      throw new AssertionError("a cycle: " + String.join(" -> ", path));
    }
    if (!state.containsKey(at)) {
      state.put(at, 1);
      for (String next : arrows.getOrDefault(at, Set.of())) {
        if (arrows.containsKey(next)) {
          follow(next, path, state);
        }
      }
      state.put(at, 2);
    }
    path.remove(path.size() - 1);
  }

  private static String shorten(String name) {
    return name.startsWith(OURS) ? name.substring(OURS.length()) : name;
  }

  /** The table: lines of {@code package: what it may use}, and what everybody may. */
  private static final class Rules {
    private final Map<String, Set<String>> uses = new TreeMap<>();
    private final Set<String> everybody = new TreeSet<>();

    static Rules read() throws IOException {
      Rules rules = new Rules();
      for (String line : Files.readAllLines(RULES)) {
        String rule = line.strip();
        if (!rule.isEmpty() && !rule.startsWith("#")) {
          int colon = rule.indexOf(':');
          Set<String> names = new TreeSet<>(List.of(rule.substring(colon + 1).strip().split(" +")));
          names.remove("-");
          String who = rule.substring(0, colon).strip();
          if (who.equals("*")) {
            rules.everybody.addAll(names);
          } else {
            rules.uses.put(who, names);
          }
        }
      }
      return rules;
    }

    boolean allow(String from, String to) {
      return covers(everybody, to) || covers(uses.getOrDefault(from, Set.of()), to);
    }

    /** A name stands for itself; one that ends in .* for the packages below it, too. */
    private static boolean covers(Set<String> names, String to) {
      return names.stream()
          .anyMatch(
              name ->
                  name.endsWith(".*")
                      ? (to + ".").startsWith(name.substring(0, name.length() - 1))
                      : name.equals(to));
    }
  }
}
