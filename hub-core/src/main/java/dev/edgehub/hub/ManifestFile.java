package dev.edgehub.hub;

import dev.edgehub.manifest.ManifestReader;
import dev.edgehub.thread.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the hub on the manifest file's contents: read at start and looked at once a second, because
 * polling works on every file system, bind mount and symlink swap. A file that stays wrong is
 * reported once per change.
 */
public final class ManifestFile implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ManifestFile.class);
  private static final long LOOK_EVERY_MILLIS = 1_000;

  private static final String COLLECTION = "manifest";
  private static final String LAST_GOOD = "last-good";

  private final Path file;
  private final EdgeHub hub;
  private final Timer timer;
  private final Executor executor;
  private byte @Nullable [] seen;
  private @Nullable String unreadable;
  private volatile boolean closed;

  /**
   * Watches a file.
   *
   * @param executor may block; runs one look at a time
   */
  public ManifestFile(Path file, EdgeHub hub, Timer timer, Executor executor) {
    this.file = file;
    this.hub = hub;
    this.timer = timer;
    this.executor = executor;
  }

  /**
   * Applies the file and begins to watch it. When the file is wrong and an earlier run had a good
   * one, that one is put in force.
   *
   * @return why there are no routes in force: the file is wrong and there never was a good one;
   *     empty when all is well
   */
  public ApplyResult start() {
    ApplyResult result = look();
    if (result == null) {
      result = new ApplyResult(false, 0, List.of(file + ": " + unreadable), List.of());
    }
    if (!result.applied()) {
      byte[] lastGood = hub.documents().get(COLLECTION, LAST_GOOD);
      if (lastGood != null && hub.apply(lastGood).applied()) {
        log.warn("The last good manifest is in force until the file is mended file={}", file);
        if (seen != null) {
          hub.apply(seen); // refused again: health keeps saying why
        }
        result = new ApplyResult(true, hub.routes().targets().size(), List.of(), List.of());
      }
    }
    watch();
    return result;
  }

  private void watch() {
    timer.after(
        LOOK_EVERY_MILLIS,
        () ->
            executor.execute(
                () -> {
                  if (!closed) {
                    try {
                      look();
                    } finally {
                      watch(); // also after a look that failed
                    }
                  }
                }));
  }

  /** Applies the file if it has changed; null when it has not, or cannot be read. */
  private @Nullable ApplyResult look() {
    byte[] now;
    try {
      now = read();
    } catch (IOException e) {
      if (unreadable == null) {
        unreadable = "cannot be read (" + e + ")";
        hub.manifestFile("the manifest " + file + " " + unreadable + "; its routes stay in force");
        log.warn(
            "The manifest cannot be read; its routes stay in force file={} why=\"{}\"",
            file,
            e.toString());
      }
      return null;
    }
    unreadable = null;
    hub.manifestFile(null);
    if (Arrays.equals(now, seen)) {
      return null;
    }
    seen = now;
    ApplyResult result = hub.apply(now);
    if (result.applied()) {
      hub.documents().put(COLLECTION, LAST_GOOD, now, outcome -> {});
      log.info("The manifest is in force file={} routes={}", file, result.routes());
      result.warnings().forEach(warning -> log.warn("{}", warning));
    } else {
      log.error(
          "The manifest was refused; {} routes stay in force file={}\n{}",
          result.routes(),
          file,
          String.join("\n", result.issues()));
    }
    return result;
  }

  private byte[] read() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(ManifestReader.MAX_BYTES + 1);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
