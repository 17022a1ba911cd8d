package dev.edgehub.mqtt.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret that opens the admin listener's {@code /api}: a file only its owner can read. */
public final class AdminToken {

  private static final Logger log = LoggerFactory.getLogger(AdminToken.class);
  private static final String FILE = "admin.token";
  private static final int MIN_CHARACTERS = 32;
  private static final int MAX_CHARACTERS = 1_024;

  private final byte[] token;

  private AdminToken(byte[] token) {
    this.token = token;
  }

  /** The token of a data directory; made when there is none, or none that can be one. */
  public static AdminToken of(Path dataDir) throws IOException {
    Path file = dataDir.resolve(FILE);
    if (Files.exists(file)) {
      byte[] found = stripped(file);
      if (isToken(found)) {
        return new AdminToken(found);
      }
      log.warn("The admin token was no token and is made anew file={}", file);
    }
    return make(file);
  }

  /** In a file of its own first: a kill in the middle must not leave an empty token. */
  private static AdminToken make(Path file) throws IOException {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    byte[] token = HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII);
    Path partial = file.resolveSibling(FILE + ".new");
    Files.deleteIfExists(partial);
    Files.createFile(
        partial,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(partial, token);
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    return new AdminToken(token);
  }

  /**
   * The token of a data directory.
   *
   * @throws IOException when there is none
   */
  public static AdminToken read(Path dataDir) throws IOException {
    Path file = dataDir.resolve(FILE);
    byte[] found = stripped(file);
    if (!isToken(found)) {
      throw new IOException(file + " holds no token; restart the hub, which makes a new one");
    }
    return new AdminToken(found);
  }

  private static byte[] stripped(Path file) throws IOException {
    if (Files.size(file) > MAX_CHARACTERS) {
      return new byte[0];
    }
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
        .strip()
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** What is short can be guessed, and what is not plain text cannot be sent. */
  private static boolean isToken(byte[] found) {
    boolean plain = found.length >= MIN_CHARACTERS;
    for (byte character : found) {
      plain &= character > ' ' && character < 127;
    }
    return plain;
  }

  /** Whether a text is the token; takes the same time for every wrong one. */
  boolean matches(String text) {
    return MessageDigest.isEqual(token, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The header value that a client sends. */
  public String authorization() {
    return "Bearer " + new String(token, StandardCharsets.US_ASCII);
  }
}
