package dev.edgehub.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares what people are shown with files of routes and exact output. Run with {@code
 * -Dhub.bless=true} to rewrite the files, then read the difference.
 */
class IssueBaselineTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "issues");
  private static final String MARKER = "\n====>\n";
  private static final String END = "----\n";

  private final RouteCompiler compiler = new RouteCompiler(CompileLimits.DEFAULT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "structure",
        "sinks",
        "tokens",
        "conditions",
        "types",
        "functions",
        "paths",
        "several",
        "warnings"
      })
  void rendersIssuesAsTheBaselineShows(String name) throws IOException {
    Path file = FOLDER.resolve(name + ".txt");
    String baseline = Files.readString(file);
    String actual =
        Stream.of(baseline.split(END)).map(this::rendered).collect(Collectors.joining());

    if (Boolean.getBoolean("hub.bless")) {
      Files.writeString(file, actual);
    } else {
      assertEquals(baseline, actual, "run with -Dhub.bless=true to accept");
    }
  }

  private String rendered(String block) {
    String route = block.substring(0, block.indexOf(MARKER));
    CompileResult result = compiler.compile("sample", route);
    String issues =
        issues(result).stream().map(i -> i.render(route) + "\n").collect(Collectors.joining());
    return route + MARKER + issues + END;
  }

  private static List<RouteIssue> issues(CompileResult result) {
    return result instanceof CompileResult.Rejected rejected
        ? rejected.issues()
        : ((CompileResult.Compiled) result).warnings();
  }
}
