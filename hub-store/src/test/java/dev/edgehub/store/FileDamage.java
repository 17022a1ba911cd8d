package dev.edgehub.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a store by what they are for, and what can happen to one of them. */
final class FileDamage {

  /** What happens to a file. */
  enum Blow {
    FLIP,
    CUT,
    DELETE
  }

  private final Path store;
  private final Random random;
  private final TreeMap<String, List<Path>> kinds = new TreeMap<>();

  FileDamage(Path store, Random random) throws IOException {
    this.store = store;
    this.random = random;
    try (Stream<Path> files = Files.walk(store)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getParent().endsWith("native"))
          .sorted()
          .forEach(file -> kinds.computeIfAbsent(kind(file), any -> new ArrayList<>()).add(file));
    }
  }

  List<String> kinds() {
    return List.copyOf(kinds.keySet());
  }

  /** Damages some file of that kind somewhere; says what it did. */
  String strike(String kind, Blow blow) throws IOException {
    List<Path> ofKind = kinds.get(kind);
    if (ofKind == null) {
      throw new AssertionError("no file is a " + kind + ", there are " + kinds);
    }
    Path file = ofKind.get(random.nextInt(ofKind.size()));
    String name = "" + store.relativize(file);
    if (blow == Blow.DELETE) {
      Files.delete(file);
      return name + " deleted";
    }
    long size = Files.size(file);
    if (size == 0) {
      return name + " is empty anyway";
    }
    long at = (long) (random.nextDouble() * size);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (blow == Blow.CUT) {
        channel.truncate(at);
        return name + " cut from " + size + " to " + at;
      }
      int bit = random.nextInt(8);
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ (1 << bit)));
      channel.write(one.flip(), at);
      return name + " bit " + bit + " of byte " + at + " of " + size + " flipped";
    }
  }

  private static String kind(Path file) {
    String name = file.getFileName().toString();
    if (name.startsWith("LOG")) {
      return "notes that nobody reads";
    }
    return name.contains(".")
        ? name.substring(name.lastIndexOf('.'))
        : name.replaceAll("[-0-9]+$", "");
  }
}
