package dev.edgehub.mqtt.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A client's certificate that nobody else has signed, made by the JDK's own keytool. */
public final class SelfSigned {

  private static final String PASSWORD = "changeit";

  private final KeyStore store;

  private SelfSigned(KeyStore store) {
    this.store = store;
  }

  /** A certificate for this common name. */
  public static SelfSigned create(Path directory, String name) {
    Path file = directory.resolve(name + ".p12");
    try {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-alias",
                  name,
                  "-dname",
                  "CN=" + name,
                  "-keyalg",
                  "EC",
                  "-storetype",
                  "PKCS12",
                  "-keystore",
                  file.toString(),
                  "-storepass",
                  PASSWORD)
              .inheritIO()
              .start();
      if (!keytool.waitFor(20, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        throw new AssertionError("keytool made no certificate");
      }
      return new SelfSigned(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** SHA-256 over the certificate, in hexadecimal digits. */
  public String thumbprint() {
    try {
      byte[] der = store.getCertificate(store.aliases().nextElement()).getEncoded();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Shows this certificate, and trusts the authorities of a PEM file. */
  public SSLContext context(Path authorities) {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), Trust.factory(authorities).getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
