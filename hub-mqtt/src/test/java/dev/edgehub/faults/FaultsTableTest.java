package dev.edgehub.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of FAULTS.md names tests, and every test that it names is there. */
final class FaultsTableTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern NAMED =
      Pattern.compile("`(?:faults[.])?([A-Z][A-Za-z]*(?:Test|IT))?(?:[.]([a-z][A-Za-z]*))?`");

  @Test
  void namesOnlyTestsThatAreThere() throws IOException {
    Map<String, String> sources = sources();
    List<String> missing = new ArrayList<>();
    int rows = 0;
    for (String row : Files.readAllLines(ROOT.resolve("hub-store/docs/FAULTS.md"))) {
      if (!row.startsWith("| ") || row.endsWith(" shown by |")) {
        continue;
      }
      rows++;
      String test = null;
      Matcher names = NAMED.matcher(row.substring(row.lastIndexOf(" | ")));
      while (names.find()) {
        test = names.group(1) == null ? test : names.group(1);
        String source = sources.getOrDefault(test, "");
        String method = names.group(2);
        if (source.isEmpty() || (method != null && !source.contains(" void " + method + "("))) {
          missing.add(names.group());
        }
      }
      if (test == null) {
        missing.add("a test in: " + row);
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(rows > 25, "only " + rows + " rows");
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : List.of("hub-store", "hub-core", "hub-mqtt")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(
                file ->
                    sources.put(file.getFileName().toString().replace(".java", ""), text(file)));
      }
    }
    return sources;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
