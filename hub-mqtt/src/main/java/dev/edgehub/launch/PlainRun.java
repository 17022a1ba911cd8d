package dev.edgehub.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code edge-hub run} with nothing but {@code --config FILE} and {@code --set KEY=VALUE}: read
 * without the command line's library, whose classes no archive can hold and which would take two
 * fifths of the start.
 *
 * @param file of the configuration, or null
 */
record PlainRun(@Nullable Path file, List<String> overrides) {

  /** The command line as a plain run; null when it is anything else, right or wrong. */
  static @Nullable PlainRun of(String... args) {
    if (args.length % 2 == 0 || !args[0].equals("run")) {
      return null;
    }
    Path file = null;
    List<String> overrides = new ArrayList<>();
    for (int i = 1; i < args.length; i += 2) {
      String value = args[i + 1];
      if (value.isEmpty() || value.startsWith("-") || value.startsWith("@")) {
        return null;
      }
      if (args[i].equals("--set")) {
        overrides.add(value);
      } else if (args[i].equals("--config") && file == null) {
        file = Path.of(value);
      } else {
        return null;
      }
    }
    return new PlainRun(file, List.copyOf(overrides));
  }

  /** Runs the hub until it is stopped; the process's exit status. */
  int call() throws InterruptedException {
    return HubRun.untilStopped(ConfigOptions.read(file, overrides));
  }
}
