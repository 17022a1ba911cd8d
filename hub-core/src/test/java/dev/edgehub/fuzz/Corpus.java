package dev.edgehub.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The kept inputs of a target: one archive, whose bytes depend on the inputs alone. */
final class Corpus {

  private Corpus() {}

  /** Inputs by name. */
  static Map<String, byte[]> read(Path archive) throws IOException {
    Map<String, byte[]> inputs = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        inputs.put(entry.getName(), zip.readAllBytes());
      }
    }
    return inputs;
  }

  /** Puts each input into a file of its own. */
  static void unpack(Path archive, Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, byte[]> input : read(archive).entrySet()) {
      Files.write(directory.resolve(Path.of(input.getKey()).getFileName()), input.getValue());
    }
  }

  /** Makes the archive out of the files of a directory. */
  static void pack(Path directory, Path archive) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(directory)) {
      files = entries.sorted().toList();
    }
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (Path file : files) {
        ZipEntry entry = new ZipEntry(file.getFileName().toString());
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        zip.putNextEntry(entry);
        zip.write(Files.readAllBytes(file));
        zip.closeEntry();
      }
    }
  }
}
