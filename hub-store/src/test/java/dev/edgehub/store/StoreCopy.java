package dev.edgehub.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process leaves that is killed now: a copy during which no file came, went or grew. */
final class StoreCopy {

  private StoreCopy() {}

  static void of(Path from, Path to) {
    try {
      copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Map<Path, Long> before = Map.of();
    while (before.isEmpty() || !before.equals(sizes(from))) {
      if (Files.exists(to)) {
        remove(to);
      }
      before = sizes(from);
      try {
        for (Path path : before.keySet()) {
          Path copied = to.resolve(from.relativize(path));
          Files.createDirectories(copied.getParent());
          if (path.getParent().endsWith("native") || path.toString().endsWith(".sst")) {
            Files.createLink(copied, path); // never changed
          } else {
            Files.copy(path, copied);
          }
        }
      } catch (NoSuchFileException e) {
        before = Map.of(); // gone in the meantime: once more
      }
    }
  }

  private static Map<Path, Long> sizes(Path home) throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      return all.filter(Files::isRegularFile)
          .collect(Collectors.toMap(path -> path, path -> path.toFile().length()));
    } catch (UncheckedIOException e) {
      return Map.of(); // a directory changed while it was listed
    }
  }

  static void remove(Path home) {
    try (Stream<Path> all = Files.walk(home)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
