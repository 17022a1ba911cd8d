package dev.edgehub.mqtt.workload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The authorities by which a client knows this hub, in PEM form. */
final class TrustBundle {

  private static final int MAX_BYTES = 1 << 20;

  /** Certificates only: an operator may keep the private key in the same file. */
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]{1,65536}-----END CERTIFICATE-----");

  private final Path file;

  TrustBundle(Path file) {
    this.file = file;
  }

  /**
   * The certificates now in the file, one after the other.
   *
   * @throws IOException with words for people when there are none
   */
  String read() throws IOException {
    String text;
    try (InputStream in = Files.newInputStream(file)) {
      text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new IOException("the hub has not made its certificate; is listeners.mqtts on?", e);
    } catch (IOException e) {
      throw new IOException("it cannot be read", e);
    }
    StringBuilder found = new StringBuilder();
    for (Matcher block = CERTIFICATE.matcher(text); block.find(); ) {
      found.append(block.group()).append('\n');
    }
    if (found.isEmpty()) {
      throw new IOException("its file holds no certificate");
    }
    return found.toString();
  }
}
