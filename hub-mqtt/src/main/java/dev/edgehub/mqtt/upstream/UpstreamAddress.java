package dev.edgehub.mqtt.upstream;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientSslConfigBuilder;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuthBuilder;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import dev.edgehub.config.HubConfig;
import dev.edgehub.config.Secret;
import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Where upstream is and how a socket to it is made. */
final class UpstreamAddress {

  private static final long CONNECT_TIMEOUT_MILLIS = 10_000;

  private final String host;
  private final int port;
  private final @Nullable MqttClientSslConfig tls;

  /**
   * Reads the trusted certificates.
   *
   * @throws HubException {@code CONFIG_INVALID} when they cannot be read
   */
  UpstreamAddress(HubConfig.UpstreamConfig config) {
    this.host = config.host() == null ? "" : config.host();
    this.port = config.port();
    this.tls = config.tls() ? tls(config.trustedCa()) : null;
  }

  private static MqttClientSslConfig tls(@Nullable Path trustedCa) {
    MqttClientSslConfigBuilder builder = MqttClientSslConfig.builder();
    if (trustedCa == null) {
      return builder.build();
    }
    try (InputStream pem = Files.newInputStream(trustedCa)) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int count = 0;
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        trusted.setCertificateEntry("ca-" + count++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      return builder.trustManagerFactory(trust).build();
    } catch (IOException | GeneralSecurityException e) {
      throw new HubException(
          ErrorCode.CONFIG_INVALID,
          "upstream.trustedCa: expected a PEM file of certificates at " + trustedCa + ": " + e,
          e);
    }
  }

  Mqtt3ClientBuilder newClient(String clientId) {
    Mqtt3ClientBuilder builder =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier(clientId)
            .transportConfig()
            .serverHost(host)
            .serverPort(port)
            .socketConnectTimeout(CONNECT_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
            .mqttConnectTimeout(CONNECT_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
            .applyTransportConfig();
    return tls == null ? builder : builder.sslConfig(tls);
  }

  static Mqtt3Connect connect(
      @Nullable String userName, @Nullable Secret password, int keepAliveSeconds) {
    Mqtt3ConnectBuilder connect =
        Mqtt3Connect.builder().cleanSession(true).keepAlive(keepAliveSeconds);
    if (userName == null) {
      return connect.build();
    }
    Mqtt3SimpleAuthBuilder.Complete auth = Mqtt3SimpleAuth.builder().username(userName);
    if (password != null) {
      auth = auth.password(password.reveal().getBytes(StandardCharsets.UTF_8));
    }
    return connect.simpleAuth(auth.build()).build();
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
