package dev.edgehub.mqtt.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificate and key of the operator's, replaced while the hub runs. */
final class OperatorFilesTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final CertificateMaker MAKER = new CertificateMaker(new SecureRandom());
  private static final TlsMaterial AUTHORITY = MAKER.authority("ca", NOW);

  @TempDir Path directory;
  private TlsFolder folder;
  private OperatorFiles files;

  @BeforeEach
  void write() throws IOException {
    folder = new TlsFolder(directory);
    folder.write("own", issued("one", NOW));
    files = new OperatorFiles(folder.certificate("own"), folder.key("own"), () -> NOW);
  }

  private static TlsMaterial issued(String name, Instant from) {
    return MAKER.server(AUTHORITY, name, ServerName.of(name, List.of()), from);
  }

  private String subject() throws PemException {
    return files.look().map(m -> m.certificate().getSubjectX500Principal().getName()).orElse("-");
  }

  @Test
  void areTakenAtOnceAndThenWhenTwoLooksFindTheSameChange() throws Exception {
    String first = subject();
    String unchanged = subject();
    folder.write("own", issued("two", NOW));
    String changing = subject();
    String changed = subject();
    String still = subject();

    assertEquals(
        List.of("CN=one", "-", "-", "CN=two", "-"),
        List.of(first, unchanged, changing, changed, still));
  }

  @Test
  void thatDoNotFitAreReportedOnceAndMayBeMended() throws Exception {
    subject();
    String good = Files.readString(folder.key("own"));
    folder.write("other", issued("other", NOW));
    Files.copy(folder.key("other"), folder.key("own"), StandardCopyOption.REPLACE_EXISTING);
    String half = subject();
    PemException thrown = assertThrows(PemException.class, this::subject);
    String reported = subject();
    Files.writeString(folder.key("own"), good);
    String mending = subject();
    String mended = subject();

    assertEquals("-", half);
    assertTrue(("" + thrown.getMessage()).contains("own.key"), thrown.getMessage());
    assertEquals(List.of("-", "-", "CN=one"), List.of(reported, mending, mended));
  }

  @Test
  void thatAreGarbageOrEndedDoNotReplaceGoodOnes() throws Exception {
    subject();
    Files.writeString(folder.certificate("own"), "garbage");
    subject();
    PemException garbage = assertThrows(PemException.class, this::subject);
    folder.write("own", issued("later", NOW));
    Instant end = NOW.plus(Duration.ofDays(366));
    OperatorFiles later =
        new OperatorFiles(folder.certificate("own"), folder.key("own"), () -> end);
    Optional<TlsMaterial> atTheStart = later.look();
    folder.write("own", issued("ended", NOW));
    later.look();
    PemException ended = assertThrows(PemException.class, later::look);

    assertTrue(atTheStart.isPresent(), "there is no better one");
    assertTrue(("" + ended.getMessage()).contains("valid today"), ended.getMessage());
    assertTrue(("" + garbage.getMessage()).contains("BEGIN CERTIFICATE"), garbage.getMessage());
  }

  @Test
  void thatCannotBeReadForAMomentAreReportedOnce() throws Exception {
    subject();
    Path away = directory.resolve("away");
    Files.move(folder.key("own"), away);
    PemException thrown = assertThrows(PemException.class, this::subject);
    String reported = subject();
    Files.move(away, folder.key("own"));

    assertTrue(("" + thrown.getMessage()).contains("cannot be read"), thrown.getMessage());
    assertEquals("-", reported);
    assertEquals("CN=one", subject());
    assertEquals(Optional.empty(), files.look());
  }
}
