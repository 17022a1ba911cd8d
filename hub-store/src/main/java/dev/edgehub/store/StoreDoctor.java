package dev.edgehub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Looks at a store that no hub uses, record by record, and repairs it on demand. */
public final class StoreDoctor {

  private StoreDoctor() {}

  /** Whether there is a store in a directory, in whatever state. */
  public static boolean isStore(Path root) {
    return Files.exists(root.resolve("FORMAT"))
        || Files.exists(root.resolve("db"))
        || Files.exists(root.resolve(StoreDirectory.HIGH_WATER));
  }

  /**
   * Reads everything and changes nothing. Takes time with the size of the store.
   *
   * @param progress told now and then what is being done
   * @throws StoreException of kind {@code IN_USE}, {@code OTHER_FORMAT} or {@code IO}; damage is no
   *     exception here
   */
  public static DoctorReport examine(Path root, Consumer<String> progress) {
    try (StoreDirectory directory = StoreDirectory.lock(root)) {
      return examine(directory, progress);
    }
  }

  /**
   * Examines a store, and when it is not well makes a new one of what can be read of it. What
   * cannot is lost, and named in the report; a store of which nothing can be read begins anew.
   *
   * @throws StoreException as {@link #examine} does; {@code DAMAGED} when there is no room
   */
  public static DoctorReport repair(Path root, StoreOptions options, Consumer<String> progress) {
    LossReport repaired;
    try (StoreDirectory directory = StoreDirectory.lock(root)) {
      DoctorReport before = examine(directory, progress);
      if (before.isHealthy()) {
        return before;
      }
      String cause =
          before.problems().isEmpty()
              ? "blocks that the queues still owe cannot be read"
              : before.problems().get(0);
      repaired = repair(directory, options, cause, progress);
      return examine(directory, progress).after(repaired);
    }
  }

  private static LossReport repair(
      StoreDirectory directory, StoreOptions options, String cause, Consumer<String> progress) {
    SlotFile slots = directory.highWater();
    StoreOpening opening =
        new StoreOpening(
            directory,
            options,
            slots,
            () -> Files.getFileStore(directory.root()).getUsableSpace(),
            new Progress(progress, System::nanoTime));
    StoreOpening.Opened opened = opening.repair(cause);
    opened.database().flush();
    opened.database().close();
    new HighWaterKeeper(
            slots, opened.queues(), directory.database(), opened.highWater(), System::nanoTime)
        .close();
    return opened.found().get(0);
  }

  private static DoctorReport examine(StoreDirectory directory, Consumer<String> progress) {
    NativeLibrary.load(directory.nativeLibraries());
    try {
      return new Examination(directory, progress).run();
    } catch (IOException e) {
      throw new StoreException(
          StoreException.Kind.IO, "cannot read " + directory.root() + ": " + e.getMessage(), e);
    }
  }
}
