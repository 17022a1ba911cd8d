package dev.edgehub.mqtt.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secret that opens the admin listener's {@code /api}: a file only its owner can read. */
public final class AdminToken {

  private static final String FILE = "admin.token";

  private final byte[] token;

  private AdminToken(String token) {
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  /** The token of a data directory, made when there is none. */
  public static AdminToken of(Path dataDir) throws IOException {
    Path file = dataDir.resolve(FILE);
    if (!Files.exists(file)) {
      byte[] random = new byte[32];
      new SecureRandom().nextBytes(random);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
    }
    return read(dataDir);
  }

  /** The token of a data directory. */
  public static AdminToken read(Path dataDir) throws IOException {
    return new AdminToken(Files.readString(dataDir.resolve(FILE)).strip());
  }

  /** Whether a text is the token; takes the same time for every wrong one. */
  boolean matches(String text) {
    return MessageDigest.isEqual(token, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The header value that a client sends. */
  public String authorization() {
    return "Bearer " + new String(token, StandardCharsets.UTF_8);
  }
}
