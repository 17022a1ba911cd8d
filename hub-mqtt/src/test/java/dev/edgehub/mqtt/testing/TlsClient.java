package dev.edgehub.mqtt.testing;

import dev.edgehub.mqtt.tls.PemException;
import dev.edgehub.mqtt.tls.PemFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A client that trusts one authority, checks names, and may have a certificate of its own. */
public final class TlsClient {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final TrustManagerFactory trust;
  private final SSLContext context;

  private TlsClient(Path authority, KeyManagerFactory keys) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", PemFile.certificates(authority).get(0));
      trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      context = SSLContext.getInstance("TLS");
      context.init(keys == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
    } catch (GeneralSecurityException | IOException | PemException e) {
      throw new AssertionError(e);
    }
  }

  /** A client without a certificate. */
  public static TlsClient trusting(Path authority) {
    return new TlsClient(authority, null);
  }

  /** A client that shows a certificate when asked. */
  public static TlsClient trusting(Path authority, Path certificate, Path key) {
    try {
      KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
      own.load(null, null);
      List<X509Certificate> chain = PemFile.certificates(certificate);
      own.setKeyEntry(
          "me", PemFile.privateKey(key), new char[0], chain.toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, new char[0]);
      return new TlsClient(authority, keys);
    } catch (GeneralSecurityException | IOException | PemException e) {
      throw new AssertionError(e);
    }
  }

  public TrustManagerFactory trust() {
    return trust;
  }

  /** Connects and shakes hands, asking for this name. */
  public SSLSocket connect(int port, String name, String... protocols) throws IOException {
    Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, name, port, true);
    try {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      if (protocols.length > 0) {
        socket.setEnabledProtocols(protocols);
      }
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** A peer that talks MQTT through TLS; not connected yet. */
  public WirePeer peer(int port) {
    try {
      return new WirePeer(connect(port, "localhost"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
