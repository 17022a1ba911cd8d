package dev.edgehub.launch.demo;

import java.io.IOException;
import java.util.Arrays;

/**
 * Runs another program's {@code main} in a JVM that must not outlive the demo. The demo holds the
 * other end of this process's standard input; the system closes it however the demo ends, also by
 * SIGKILL, where no hook of the demo's could end its children any more.
 */
final class Tether {

  private Tether() {}

  /** Takes the name of the program's class, then its arguments. */
  public static void main(String[] args) throws ReflectiveOperationException {
    Thread watch = new Thread(Tether::awaitEnd, "demo-tether");
    watch.setDaemon(true);
    watch.start();
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
  }

  private static void awaitEnd() {
    try {
      while (System.in.read() >= 0) {
        // nothing is ever said
      }
    } catch (IOException e) {
      // as good as the end
    }
    Runtime.getRuntime().halt(1);
  }
}
