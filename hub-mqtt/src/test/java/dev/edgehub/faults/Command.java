package dev.edgehub.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command line of another program. */
record Command(List<String> words) {

  /** How it ended and what it said, on both streams. */
  record Result(int status, String output) {}

  Command(String... words) {
    this(List.of(words));
  }

  /** A class of these tests with its {@code main}, in a Java of its own that starts quickly. */
  static Command java(Class<?> main, Object... arguments) {
    return javaMain(main.getName(), arguments);
  }

  static Command javaMain(String main, Object... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                main));
    for (Object argument : arguments) {
      words.add(argument.toString());
    }
    return new Command(words);
  }

  Command with(List<String> more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(more);
    return new Command(all);
  }

  ProcessBuilder builder() {
    return new ProcessBuilder(words);
  }

  static Result run(String... words) {
    return run(new Command(words));
  }

  /** Runs a short command to its end. */
  static Result run(Command command) {
    try {
      Process process = command.builder().redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("did not end: " + command);
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      return new Result(-1, "" + e.getMessage());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
