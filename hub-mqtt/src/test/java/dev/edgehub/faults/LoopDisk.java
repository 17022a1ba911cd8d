package dev.edgehub.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system in a file, whose power can be cut. It is mounted in a mount namespace of its own:
 * nobody else sees it, and however this process ends, the kernel unmounts it and gives back the
 * loop device when the last process inside has ended.
 */
final class LoopDisk implements AutoCloseable {

  private static final long BYTES = 2L << 30; // a sparse file: what is not written takes nothing

  private final Process namespace;
  private final Path powercut;
  private final Path image;
  private final Path root;
  private boolean mounted;

  private LoopDisk(Process namespace, Path powercut, Path image, Path root) {
    this.namespace = namespace;
    this.powercut = powercut;
    this.image = image;
    this.root = root;
  }

  /** An empty, mounted file system; the test is skipped where the machine does not allow one. */
  static LoopDisk create(Path directory) throws IOException {
    Path powercut = CSource.powercut(directory);
    Needs.that(Command.run("id", "-u").output().equals("0"), "root, to mount a loop device");
    // ends when its input does, which is when this process ends
    Process namespace =
        new Command("unshare", "--mount", "--propagation", "private", "sh", "-c", "echo; exec cat")
            .builder()
            .redirectErrorStream(true)
            .start();
    Needs.that(namespace.getInputStream().read() == '\n', "a mount namespace (unshare --mount)");
    LoopDisk disk =
        new LoopDisk(
            namespace,
            powercut,
            directory.resolve("image"),
            Files.createDirectory(directory.resolve("disk")));
    try {
      disk.format();
      return disk;
    } catch (Throwable e) {
      disk.close();
      throw e;
    }
  }

  /** Starts anew with an empty file system, mounted. */
  void format() throws IOException {
    unmount();
    Files.deleteIfExists(image);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(BYTES);
    }
    Command.Result made = Command.run("mkfs.ext4", "-q", "-F", image.toString());
    Needs.that(made.status() == 0, "mkfs.ext4 (" + made.output() + ")");
    Command.Result tried = tryMount();
    Needs.that(tried.status() == 0, "a loop device (" + tried.output() + ")");
  }

  /** Where processes that are {@link #inside} find the file system. */
  Path root() {
    return root;
  }

  /** The command, run where the file system is mounted. */
  Command inside(Command command) {
    return new Command("nsenter", "--mount=/proc/" + namespace.pid() + "/ns/mnt", "--")
        .with(command.words());
  }

  /**
   * From now on nothing reaches the device; what was not synced is lost. Processes live on for a
   * while, and a sync that was under way may tell them that it succeeded: what they say after the
   * moment returned ({@link System#nanoTime}) was heard by nobody.
   */
  long cutPower() {
    return Long.parseLong(succeed(powercut.toString(), root.toString()));
  }

  /** After a cut, once every process that used the file system has ended. */
  void powerUp() {
    unmount();
    Command.Result tried = tryMount();
    if (tried.status() != 0) {
      throw new AssertionError("not mounted again: " + tried.output());
    }
  }

  private Command.Result tryMount() {
    // the kernel gives back the loop device with the mount
    Command.Result tried =
        Command.run(inside(new Command("mount", "-o", "loop", image.toString(), root.toString())));
    mounted = tried.status() == 0;
    return tried;
  }

  /** Makes it read-only or writable again; while nobody has a file open for writing. */
  void remount(String mode) {
    succeed("mount", "-o", "remount," + mode, root.toString());
  }

  private void unmount() {
    if (mounted) {
      succeed("umount", root.toString());
      mounted = false;
    }
  }

  private String succeed(String... words) {
    Command.Result done = Command.run(inside(new Command(words)));
    if (done.status() != 0) {
      throw new AssertionError(List.of(words) + " failed: " + done.output());
    }
    return done.output();
  }

  @Override
  public void close() {
    try {
      unmount();
    } finally {
      namespace.destroy();
      try {
        namespace.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
