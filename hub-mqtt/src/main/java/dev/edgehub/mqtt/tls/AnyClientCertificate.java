package dev.edgehub.mqtt.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes whatever chain a client shows. That the client holds the key of its certificate is still
 * proven by the handshake; whether the certificate is one of an identity is judged at CONNECT.
 */
final class AnyClientCertificate extends X509ExtendedTrustManager {

  private static final X509Certificate[] NOBODY = {};

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw neverAsked();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw neverAsked();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw neverAsked();
  }

  private static CertificateException neverAsked() {
    return new CertificateException("this side is a server and judges no servers");
  }

  /** Empty: the client may show any certificate it has. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return NOBODY;
  }
}
