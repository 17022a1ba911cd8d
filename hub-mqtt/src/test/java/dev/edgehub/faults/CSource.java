package dev.edgehub.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The C files beside these tests, compiled when they are needed. */
final class CSource {

  private CSource() {}

  /** The program that cuts the power of a mounted file system. */
  static Path powercut(Path directory) throws IOException {
    return compile("powercut", directory);
  }

  /** The library that makes file operations fail. */
  static Path failing(Path directory) throws IOException {
    return compile("failing", directory, "-shared", "-fPIC", "-ldl");
  }

  /** Compiles; the test is skipped where there is no compiler. */
  private static Path compile(String name, Path directory, String... options) throws IOException {
    Command.Result gcc = Command.run("gcc", "--version");
    Needs.that(gcc.status() == 0, "gcc (" + gcc.output() + ")");
    Path source = directory.resolve(name + ".c");
    try (var in = CSource.class.getResourceAsStream("/faults/" + name + ".c")) {
      Files.write(source, in.readAllBytes());
    }
    Path compiled = directory.resolve(name);
    Command command =
        new Command("gcc", "-O2", "-Wall", "-Werror", "-o", compiled.toString(), source.toString());
    Command.Result done = Command.run(command.with(List.of(options)));
    if (done.status() != 0) {
      throw new AssertionError("gcc could not compile " + name + ".c: " + done.output());
    }
    return compiled;
  }
}
