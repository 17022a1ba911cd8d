package dev.edgehub.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Chooses a load; the script {@code hub-bench/bench} starts it. */
public final class Load {

  private static final String USAGE =
      """
      bench enqueue [--rounds N] [--seconds N] [--mqttload FILE] [--hub DIR]
      bench drain   [--rounds N] [--messages N] [--mqttload FILE] [--hub DIR]
      bench backlog [--messages N]             [--mqttload FILE] [--hub DIR]
      bench live    [--seconds N]              [--mqttload FILE] [--hub DIR]
      bench soak    [--minutes N] [--seed N]   [--hub DIR]
      bench crash   [--cycles N] [--seed N]    [--mqttload FILE] [--hub DIR]
      bench route   [--rounds N] [--seconds N] [--mqttload FILE] [--hub DIR]
      bench publish [--rounds N] [--seconds N] [--mqttload FILE] [--hub DIR]
      bench idle    [--connections N]          [--mqttload FILE] [--hub DIR]
      bench start   [--rounds N]                                 [--hub DIR]
      """;

  private Load() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> args) throws IOException, InterruptedException {
    Map<String, String> options = new TreeMap<>();
    for (int i = 1; i + 1 < args.size(); i += 2) {
      options.put(args.get(i), args.get(i + 1));
    }
    if (args.isEmpty() || args.size() % 2 == 0) {
      System.err.print(USAGE);
      return 2;
    }
    Path directory =
        Files.createTempDirectory(
            Files.createDirectories(Path.of("target")).toAbsolutePath(), "load-");
    Path hub =
        Path.of(options.getOrDefault("--hub", "../hub-mqtt/target/edge-hub"))
            .toAbsolutePath()
            .normalize();
    try {
      if (args.get(0).equals("start")) {
        new StartLoad(hub, directory, number(options, "--rounds", 5)).run();
        return 0;
      }
      if (args.get(0).equals("soak")) {
        return soak(options, hub, directory);
      }
      Mqttload mqttload =
          Mqttload.build(
              Path.of(options.getOrDefault("--mqttload", "../../shared/tools/mqttload.c")),
              directory);
      return run(args.get(0), options, mqttload, hub, directory);
    } catch (Skipped skipped) {
      System.out.println("skipped: " + skipped.getMessage());
      return 0;
    } finally {
      remove(directory);
    }
  }

  private static int run(
      String which, Map<String, String> options, Mqttload mqttload, Path hub, Path directory)
      throws IOException, InterruptedException {
    switch (which) {
      case "enqueue" -> {
        int rounds = number(options, "--rounds", 3);
        int seconds = number(options, "--seconds", 4);
        new EnqueueLoad(mqttload, hub, directory, rounds, seconds).run();
        return 0;
      }
      case "drain" -> {
        int rounds = number(options, "--rounds", 3);
        int messages = number(options, "--messages", 1_000_000);
        return new DrainLoad(mqttload, hub, directory, rounds, messages).run() ? 0 : 1;
      }
      case "backlog" -> {
        int messages = number(options, "--messages", 10_000_000);
        return new BacklogLoad(mqttload, hub, directory, messages).run() ? 0 : 1;
      }
      case "live" -> {
        new LiveLoad(mqttload, hub, directory, number(options, "--seconds", 10)).run();
        return 0;
      }
      case "crash" -> {
        int cycles = number(options, "--cycles", 20);
        long seed = Long.parseLong(options.getOrDefault("--seed", "" + System.nanoTime()));
        return new CrashLoad(mqttload, hub, directory, cycles, seed).run() ? 0 : 1;
      }
      case "route" -> {
        int rounds = number(options, "--rounds", 3);
        int seconds = number(options, "--seconds", 4);
        return new RouteLoad(mqttload, hub, directory, rounds, seconds).run() ? 0 : 1;
      }
      case "publish" -> {
        int rounds = number(options, "--rounds", 3);
        int seconds = number(options, "--seconds", 4);
        new PublishLoad(mqttload, hub, directory, rounds, seconds).run();
        return 0;
      }
      case "idle" -> {
        new IdleLoad(mqttload, hub, directory, number(options, "--connections", 10_000)).run();
        return 0;
      }
      default -> {
        System.err.print(USAGE);
        return 2;
      }
    }
  }

  private static int soak(Map<String, String> options, Path hub, Path directory)
      throws IOException, InterruptedException {
    long seed = Long.parseLong(options.getOrDefault("--seed", "" + System.nanoTime()));
    return new SoakLoad(hub, directory, number(options, "--minutes", 10), seed).run() ? 0 : 1;
  }

  private static int number(Map<String, String> options, String name, int otherwise) {
    return Integer.parseInt(options.getOrDefault(name, "" + otherwise));
  }

  private static void remove(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(directory)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
