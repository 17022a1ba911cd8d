package dev.edgehub.mqtt.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdminTokenTest {

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void choose() {
    file = directory.resolve("admin.token");
  }

  @Test
  void staysTheSame() throws IOException {
    AdminToken made = AdminToken.of(directory);

    assertEquals(made.authorization(), AdminToken.of(directory).authorization());
    assertEquals(made.authorization(), AdminToken.read(directory).authorization());
    assertTrue(made.matches(made.authorization().substring("Bearer ".length())));
    assertFalse(made.matches(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "short", "0123456789abcdef 0123456789abcdef", "\u00ff"})
  void isMadeAnewOfWhatIsNoToken(String found) throws IOException {
    Files.write(file, found.repeat(found.length() == 1 ? 40 : 1).getBytes(StandardCharsets.UTF_8));
    assertThrows(IOException.class, () -> AdminToken.read(directory));

    AdminToken made = AdminToken.of(directory);

    assertFalse(made.matches(found.strip()));
    assertEquals(made.authorization(), AdminToken.read(directory).authorization());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void mayBeWrittenByTheOperator() throws IOException {
    Files.writeString(file, "correct-horse-battery-staple-0123456789\n");

    assertTrue(AdminToken.of(directory).matches("correct-horse-battery-staple-0123456789"));
  }

  @Test
  void doesNotTakeAFileThatIsMuchTooLong() throws IOException {
    Files.writeString(file, "a".repeat(100_000));

    assertFalse(AdminToken.of(directory).matches("a".repeat(100_000)));
  }
}
