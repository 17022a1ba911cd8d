package dev.edgehub.mqtt.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that OpenSSL wrote. */
final class PemFileTest {

  private static final Path FILES = Path.of("src/test/resources/tls");

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"rsa-pkcs1,rsa", "rsa-pkcs8,rsa", "ec-sec1,ec", "ec-pkcs8,ec"})
  void aKeyOfEveryFormFitsItsCertificate(String key, String kind) throws PemException {
    TlsMaterial material =
        new TlsMaterial(
            PemFile.certificates(FILES.resolve(kind + "-certificate.pem")),
            PemFile.privateKey(FILES.resolve(key + ".pem")));

    assertTrue(material.fits());
  }

  @ParameterizedTest
  @CsvSource({"rsa,ec-pkcs8", "ec,rsa-pkcs1"})
  void aKeyOfAnotherDoesNotFit(String certificate, String key) throws PemException {
    TlsMaterial material =
        new TlsMaterial(
            PemFile.certificates(FILES.resolve(certificate + "-certificate.pem")),
            PemFile.privateKey(FILES.resolve(key + ".pem")));

    assertFalse(material.fits());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec-encrypted.pem", "rsa-encrypted.pem"})
  void anEncryptedKeySaysHowToDecryptIt(String file) {
    String said = refused(FILES.resolve(file));

    assertTrue(said.contains(file) && said.contains("openssl pkey"), said);
  }

  @Test
  void aCertificateIsNoKeyAndAKeyIsNoCertificate() {
    Path certificate = FILES.resolve("ec-certificate.pem");
    Path key = FILES.resolve("ec-pkcs8.pem");

    String noKey = refused(certificate);
    String noCertificate =
        "" + assertThrows(PemException.class, () -> PemFile.certificates(key)).getMessage();

    assertTrue(noKey.contains("found CERTIFICATE"), noKey);
    assertTrue(noCertificate.contains("found PRIVATE KEY"), noCertificate);
  }

  @Test
  void aChainIsReadInItsOrder() throws IOException, PemException {
    Path chain = directory.resolve("chain.pem");
    Files.writeString(
        chain,
        Files.readString(FILES.resolve("rsa-certificate.pem"))
            + "a remark\n"
            + Files.readString(FILES.resolve("ec-certificate.pem")));

    assertEquals(
        "[CN=rsa.example, CN=ec.example]",
        PemFile.certificates(chain).stream()
            .map(c -> c.getSubjectX500Principal().getName())
            .toList()
            .toString());
  }

  @Test
  void everyCutAndEveryDamageIsAnErrorThatNamesTheFile() throws IOException {
    for (String name : new String[] {"rsa-pkcs1.pem", "ec-sec1.pem", "ec-pkcs8.pem"}) {
      String text = Files.readString(FILES.resolve(name));
      Path file = directory.resolve(name);
      int end = text.lastIndexOf("-----END");
      for (int length = 0; length < end; length += 7) {
        Files.writeString(file, text.substring(0, length) + text.substring(end));
        try {
          PemFile.privateKey(file);
        } catch (PemException e) {
          assertTrue(("" + e.getMessage()).contains(name), e.getMessage());
        }
      }
    }
    assertTrue(refused(directory.resolve("absent.pem")).contains("cannot be read"));
  }

  private static String refused(Path file) {
    return "" + assertThrows(PemException.class, () -> PemFile.privateKey(file)).getMessage();
  }
}
