package dev.edgehub.launch.routes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that people name. */
final class InputFile {

  private InputFile() {}

  /**
   * A file's bytes.
   *
   * @param most bytes; of a longer file one more is read, so that the reader can tell
   * @throws IOException with a message for people
   */
  static byte[] read(Path file, int most) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("expected a file, found a directory");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(most + 1);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new IOException("no permission to read it", e);
    }
  }

  /** The problem for people. */
  static String why(IOException problem) {
    String message = problem.getMessage();
    return message == null ? problem.toString() : message;
  }
}
