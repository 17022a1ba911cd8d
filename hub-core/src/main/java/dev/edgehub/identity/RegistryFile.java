package dev.edgehub.identity;

import dev.edgehub.error.HubException;
import dev.edgehub.thread.Timer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry in force: read at start, looked at once a second as the manifest is. A file that
 * becomes wrong or vanishes leaves the last good registry in force and is reported once per change.
 * Any thread may use it.
 */
public final class RegistryFile implements RegistrySource, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RegistryFile.class);
  private static final long LOOK_EVERY_MILLIS = 1_000;

  private final Path file;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Registry registry;
  private volatile @Nullable String problem;
  private volatile @Nullable Stamp stamp;
  private byte @Nullable [] seen;
  private volatile boolean closed;

  /** What tells that a file may have changed, without reading it. */
  private record Stamp(long size, long modifiedNanos, @Nullable Object key) {}

  /**
   * Reads the file; a missing one is an empty registry.
   *
   * @throws HubException {@code CONFIG_INVALID} when it is wrong, with every issue
   */
  public RegistryFile(Path file) {
    this.file = file;
    stamp = stampOf();
    RegistryResult found = new RegistryResult.Valid(Registry.EMPTY);
    try {
      byte[] now = RegistryEditor.bytes(file);
      seen = now;
      found = RegistryReader.read(now);
    } catch (NoSuchFileException e) {
      log.debug("There is no identity registry yet file={}", file);
    } catch (IOException e) {
      found = new RegistryResult.Invalid(List.of("cannot be read (" + e + ")"));
    }
    registry = RegistryEditor.requireValid(file, found);
  }

  /**
   * Looks once a second until closed.
   *
   * @param executor may block; runs one look at a time
   * @param afterEachLook runs on the executor
   */
  public void watch(Timer timer, Executor executor, Runnable afterEachLook) {
    timer.after(
        LOOK_EVERY_MILLIS,
        () ->
            executor.execute(
                () -> {
                  if (!closed) {
                    try {
                      look();
                      afterEachLook.run();
                    } finally {
                      watch(timer, executor, afterEachLook); // also after a look that failed
                    }
                  }
                }));
  }

  /** Reads the file and puts it in force if it has changed and is right. */
  void look() {
    looking.lock();
    try {
      stamp = stampOf();
      byte[] now = RegistryEditor.bytes(file);
      if (Arrays.equals(now, seen)) {
        if (problem != null && RegistryReader.read(now) instanceof RegistryResult.Valid) {
          problem = null; // it was unreadable for a while
        }
        return;
      }
      seen = now;
      apply(now);
    } catch (NoSuchFileException e) {
      if (seen != null) {
        report("the identity registry " + file + " is gone", "");
      }
    } catch (IOException e) {
      report("the identity registry " + file + " cannot be read (" + e + ")", "");
    } finally {
      looking.unlock();
    }
  }

  private void apply(byte[] now) {
    RegistryResult result = RegistryReader.read(now);
    if (result instanceof RegistryResult.Valid valid) {
      registry = valid.registry();
      problem = null;
      log.info("The identity registry is in force file={} identities={}", file, registry.size());
    } else if (result instanceof RegistryResult.Invalid invalid) {
      problem = null; // a new mistake is told anew
      report(
          "the identity registry " + file + " is not valid: " + invalid.issues().get(0),
          "\n" + String.join("\n", invalid.issues()));
    }
  }

  private void report(String what, String details) {
    if (problem == null) {
      log.error(
          "{}; the last good one, of {} identities, stays in force{}",
          what,
          registry.size(),
          details);
    }
    problem = what + "; the last good one stays in force";
  }

  private @Nullable Stamp stampOf() {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(
          found.size(), found.lastModifiedTime().to(TimeUnit.NANOSECONDS), found.fileKey());
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public Registry current() {
    return registry;
  }

  @Override
  public Registry lookAgain() {
    Stamp now = stampOf();
    if (now != null && !now.equals(stamp)) {
      look();
    }
    return registry;
  }

  @Override
  public boolean isCurrent() {
    return problem == null;
  }

  /** Why the file's contents are not in force, for people; null when they are. */
  public @Nullable String problem() {
    return problem;
  }

  @Override
  public void close() {
    closed = true;
  }
}
