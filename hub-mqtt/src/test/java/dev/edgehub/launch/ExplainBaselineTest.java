package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares what {@code routes explain} prints with a file of routes, messages and exact output. Run
 * with {@code -Dhub.bless=true} to rewrite the file, then read the difference.
 */
final class ExplainBaselineTest {

  private static final Path FILE = Path.of("src", "test", "resources", "routes", "explain.txt");
  private static final String MESSAGE = "\n---- message\n";
  private static final String MARKER = "\n====>\n";
  private static final Pattern END = Pattern.compile("^----\n", Pattern.MULTILINE);

  @TempDir Path directory;

  @Test
  void explainsAsTheBaselineShows() throws IOException {
    String baseline = Files.readString(FILE);
    StringBuilder actual = new StringBuilder();
    for (String block : END.splitAsStream(baseline).toList()) {
      actual.append(explained(block));
    }

    if (Boolean.getBoolean("hub.bless")) {
      Files.writeString(FILE, actual);
    } else {
      assertEquals(baseline, actual.toString(), "run with -Dhub.bless=true to accept");
    }
  }

  private String explained(String block) throws IOException {
    String input = block.substring(0, block.indexOf(MARKER));
    int message = input.indexOf(MESSAGE);
    String route = input.substring(0, message);
    Path file = directory.resolve("message.json");
    Files.writeString(file, input.substring(message + MESSAGE.length()));
    try (Console console = new Console()) {
      int status = console.run("routes", "explain", "--route", route, "--message", file.toString());
      assertEquals(ExitCode.DONE, status, console::err);
      return input + MARKER + console.out() + "----\n";
    }
  }
}
