package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRunTest {

  @Test
  void takesAFileAndOverridesInTheirOrder() {
    assertEquals(
        new PlainRun(Path.of("hub.json"), List.of("a=1", "a=2")),
        PlainRun.of("run", "--set", "a=1", "--config", "hub.json", "--set", "a=2"));
  }

  @Test
  void takesNothingAtAll() {
    assertEquals(new PlainRun(null, List.of()), PlainRun.of("run"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "queues",
        "run --help",
        "run --set",
        "run --set=a=1",
        "run --set --config",
        "run --set @file",
        "run --config one --config two",
        "run --other value",
        "run value --set"
      })
  void leavesAllElseToTheCommandLine(String line) {
    assertNull(PlainRun.of(line.isEmpty() ? new String[0] : line.split(" ")));
  }

  @Test
  void aRehearsalPassesItsMessage(@TempDir Path directory) throws Exception {
    assertEquals(ExitCode.DONE, new Rehearsal(directory).run());
  }
}
