package dev.edgehub.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Churn for a long time. Every ten seconds all clients are held off and the hub is looked at: what
 * it keeps then must not grow from the first third of the looks to the last.
 */
final class SoakLoad {

  private static final long LOOK_MILLIS = 10_000;
  private static final long WARM_UP_MILLIS = 30_000;
  private static final long GONE_MILLIS = 10_000;

  /**
   * More than chance: heap 10 % and 6 MiB, because the newest 4 MiB of what waits are in memory or
   * not; direct memory 10 % and 2 MiB, threads 2, descriptors 2.
   */
  private static final double SHARE = 1.10;

  private static final long HEAP = 6 << 20;
  private static final long DIRECT = 2 << 20;
  private static final int THREADS = 2;

  private static final int DESCRIPTORS = 2;

  /** The store merges its files when there are enough of them: half as many more, and 8. */
  private static final double FILES_SHARE = 1.5;

  private static final int FILES = 8;

  private static final String MANIFEST =
      """
      {"modulesContent": {"$edgeHub": {"properties.desired": {
        "schemaVersion": "1.1",
        "routes": {
          "left": "FROM /messages/* WHERE n > '2' INTO BrokeredEndpoint(\\"/modules/m1/inputs/in\\")",
          "right": "FROM /messages/* WHERE n < '2' INTO BrokeredEndpoint(\\"/modules/m2/inputs/in\\")"},
        "storeAndForwardConfiguration": {"timeToLiveSecs": 10}}}}}
      """;

  private final Path distribution;
  private final Path directory;
  private final int minutes;
  private final long seed;

  SoakLoad(Path distribution, Path directory, int minutes, long seed) {
    this.distribution = distribution;
    this.directory = directory;
    this.minutes = minutes;
    this.seed = seed;
  }

  /** Whether everything stayed as it was. */
  boolean run() throws IOException, InterruptedException {
    Path manifest = Files.writeString(directory.resolve("manifest.json"), MANIFEST);
    Path data = Files.createDirectory(directory.resolve("data"));
    System.out.println("soak of " + minutes + " min, seed " + seed);
    List<Vitals.Sample> samples = new ArrayList<>();
    try (HubProcess hub = HubProcess.start(distribution, data, manifest, 0, List.of());
        Vitals vitals = new Vitals(hub.pid(), data);
        Churn churn = new Churn(hub.port(), seed)) {
      churn.start();
      Thread.sleep(WARM_UP_MILLIS);
      System.out.println(
          "| s | heap KB | direct KB | threads | descriptors | store files | resident MB |");
      System.out.println("|---|---|---|---|---|---|---|");
      long begun = System.nanoTime();
      long looks = Math.max(3, minutes * 60_000L / LOOK_MILLIS);
      for (int i = 0; i < looks; i++) {
        Thread.sleep(LOOK_MILLIS);
        churn.figures();
        churn.pause();
        try {
          awaitNobody(hub);
          samples.add(vitals.look());
        } finally {
          churn.resume();
        }
        show((System.nanoTime() - begun) / 1_000_000_000, samples.get(i));
      }
      System.out.println(churn.figures());
    }
    return isFlat(samples);
  }

  private static void awaitNobody(HubProcess hub) throws IOException, InterruptedException {
    long end = System.nanoTime() + GONE_MILLIS * 1_000_000;
    while (hub.admin().clients() > 0) {
      if (System.nanoTime() - end > 0) {
        throw new IOException(
            "clients that have gone are still connected: " + hub.admin().clients());
      }
      Thread.sleep(20);
    }
  }

  private static void show(long seconds, Vitals.Sample sample) {
    System.out.printf(
        Locale.ROOT,
        "| %d | %,d | %,d | %d | %d | %d | %d |%n",
        seconds,
        sample.heap() >> 10,
        sample.direct() >> 10,
        sample.threads(),
        sample.descriptors(),
        sample.storeFiles(),
        sample.resident() >> 20);
  }

  private static boolean isFlat(List<Vitals.Sample> samples) {
    // each prints its line, so that all are asked
    boolean heap = isFlat("heap", samples, Vitals.Sample::heap, SHARE, HEAP);
    boolean direct = isFlat("direct memory", samples, Vitals.Sample::direct, SHARE, DIRECT);
    boolean threads = isFlat("threads", samples, Vitals.Sample::threads, 1, THREADS);
    boolean descriptors =
        isFlat("descriptors", samples, Vitals.Sample::descriptors, 1, DESCRIPTORS);
    boolean files = isFlat("store files", samples, Vitals.Sample::storeFiles, FILES_SHARE, FILES);
    return heap && direct && threads && descriptors && files;
  }

  private static boolean isFlat(
      String what,
      List<Vitals.Sample> samples,
      ToLongFunction<Vitals.Sample> value,
      double share,
      long more) {
    int third = samples.size() / 3;
    double first = median(samples.subList(0, third), value);
    double last = median(samples.subList(samples.size() - third, samples.size()), value);
    double most = first * share + more;
    boolean flat = last <= most;
    System.out.printf(
        Locale.ROOT,
        "%s: median of the first third %,.0f, of the last %,.0f, allowed %,.0f: %s%n",
        what,
        first,
        last,
        most,
        flat ? "flat" : "GROWS");
    return flat;
  }

  /** One look that met a burst must not decide. */
  private static double median(List<Vitals.Sample> samples, ToLongFunction<Vitals.Sample> value) {
    long[] sorted = samples.stream().mapToLong(value).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
  }
}
