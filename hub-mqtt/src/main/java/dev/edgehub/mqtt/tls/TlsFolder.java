package dev.edgehub.mqtt.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.util.Set;

/** The folder of what the hub has made: certificates for everybody, keys for its owner only. */
final class TlsFolder {

  private final Path folder;

  TlsFolder(Path folder) {
    this.folder = folder;
  }

  Path certificate(String name) {
    return folder.resolve(name + ".pem");
  }

  Path key(String name) {
    return folder.resolve(name + ".key");
  }

  boolean has(String name) {
    return Files.exists(certificate(name));
  }

  /**
   * What an earlier run has written.
   *
   * @throws PemException when a file is missing or damaged, or the two do not fit
   */
  TlsMaterial read(String name) throws PemException {
    TlsMaterial material =
        new TlsMaterial(PemFile.certificates(certificate(name)), PemFile.privateKey(key(name)));
    if (!material.fits()) {
      throw new PemException(key(name) + ": it is not the key of " + certificate(name));
    }
    return material;
  }

  /** Writes both files, the key first; after a kill in between they do not fit, which is seen. */
  void write(String name, TlsMaterial material) throws IOException {
    if (Files.notExists(folder)) {
      Files.createDirectories(folder);
    }
    replace(key(name), PemBlock.write("PRIVATE KEY", material.key().getEncoded()), "rw-------");
    try {
      replace(
          certificate(name),
          PemBlock.write("CERTIFICATE", material.certificate().getEncoded()),
          "rw-r--r--");
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate just made can be written", e);
    }
  }

  private void replace(Path file, String text, String permissions) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(partial);
    try (FileChannel channel =
        FileChannel.open(
            partial,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
