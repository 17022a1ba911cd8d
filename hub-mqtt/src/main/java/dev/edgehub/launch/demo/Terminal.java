package dev.edgehub.launch.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds out what kind of screen an output is. */
final class Terminal {

  private Terminal() {}

  /**
   * A screen for an output of this process.
   *
   * @param descriptor 1 for standard output, 2 for standard error
   */
  static Screen screen(PrintStream out, int descriptor, Map<String, String> environment) {
    if (!isTerminal(descriptor) || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
      return new PlainScreen(out);
    }
    boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new TerminalScreen(out, colours ? Ink.COLOUR : Ink.PLAIN);
  }

  /** Asks the system, because Java 17's console also wants standard input to be a terminal. */
  private static boolean isTerminal(int descriptor) {
    try {
      String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return device.startsWith("/dev/pts/")
          || device.startsWith("/dev/tty")
          || device.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException e) {
      // not Linux: plain lines are readable everywhere
      return false;
    }
  }
}
