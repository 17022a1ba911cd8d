package dev.edgehub.mqtt.tls;

import dev.edgehub.config.HubConfig;
import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import dev.edgehub.thread.Timer;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of TLS 1.2 and 1.3. A handshake takes the certificate that is in force when it
 * begins; connections stay when another comes into force. Client certificates are asked for, never
 * required and never judged here.
 */
public final class ServerTls implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ServerTls.class);

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /** Of clients that take no session tickets, which need no room here. */
  private static final int KEPT_SESSIONS = 1_000;

  private final CertificateSource source;
  private final InstantSource clock;
  private final Timer timer;
  private final Executor executor;
  private volatile InForce inForce;
  private volatile @Nullable String problem;
  private volatile boolean closed;

  private record InForce(SslContext context, X509Certificate certificate) {}

  private ServerTls(CertificateSource source, InstantSource clock, Timer timer, Executor executor)
      throws IOException {
    this.source = source;
    this.clock = clock;
    this.timer = timer;
    this.executor = executor;
    try {
      this.inForce = contextOf(source.look().orElseThrow());
    } catch (PemException e) {
      throw new HubException(ErrorCode.CONFIG_INVALID, "TLS cannot be served: " + e.getMessage());
    }
  }

  /**
   * Reads or makes the certificate that the configuration asks for, and follows it from then on.
   *
   * @param executor may block; runs one look at a time
   * @throws HubException {@code CONFIG_INVALID} when the files cannot be used
   * @throws IOException when what was made cannot be written
   */
  public static ServerTls of(
      HubConfig config, InstantSource clock, SecureRandom random, Timer timer, Executor executor)
      throws IOException {
    Path certificate = config.tls().certificate();
    Path key = config.tls().key();
    CertificateSource source =
        certificate != null && key != null
            ? new OperatorFiles(certificate, key, clock)
            : new OwnCertificate(
                new TlsFolder(config.dataDir().resolve("tls")),
                config.hostname(),
                names(config),
                clock,
                random);
    ServerTls tls = new ServerTls(source, clock, timer, executor);
    tls.follow();
    return tls;
  }

  private static SortedSet<ServerName> names(HubConfig config) {
    List<String> hosts = new ArrayList<>();
    for (HubConfig.Listener listener : List.of(config.mqtts(), config.https())) {
      if (listener.on()) {
        hosts.add(listener.host());
      }
    }
    return ServerName.of(config.hostname(), hosts);
  }

  private void follow() {
    timer.after(
        source.pauseMillis(),
        () ->
            executor.execute(
                () -> {
                  if (!closed) {
                    try {
                      look();
                    } finally {
                      follow(); // also after a look that failed
                    }
                  }
                }));
  }

  private void look() {
    try {
      TlsMaterial next = source.look().orElse(null);
      if (next != null) {
        inForce = contextOf(next);
        problem = null;
        log.info(
            "Another certificate is in force for new TLS connections subject=\"{}\" until={}",
            next.certificate().getSubjectX500Principal(),
            next.certificate().getNotAfter().toInstant());
      }
    } catch (PemException | IOException e) {
      String why = "the TLS certificate stays as it was: " + e.getMessage();
      if (!why.equals(problem)) {
        problem = why;
        log.warn("The TLS certificate in force stays as it is why=\"{}\"", e.getMessage());
      }
    }
  }

  private static InForce contextOf(TlsMaterial material) throws PemException {
    try {
      SslContext context =
          SslContextBuilder.forServer(
                  material.key(), material.chain().toArray(X509Certificate[]::new))
              .sslProvider(SslProvider.JDK)
              .protocols(PROTOCOLS)
              .trustManager(new AnyClientCertificate())
              .clientAuth(ClientAuth.OPTIONAL)
              .sessionCacheSize(KEPT_SESSIONS)
              .build();
      return new InForce(context, material.certificate());
    } catch (SSLException e) {
      throw new PemException("the certificate cannot be used for TLS (" + e.getMessage() + ")", e);
    }
  }

  /** A handler for one connection; its owner bounds the time that the handshake may take. */
  public SslHandler handler(ByteBufAllocator allocator) {
    SslHandler handler = inForce.context().newHandler(allocator);
    handler.setHandshakeTimeoutMillis(0);
    return handler;
  }

  /** The chain that a client showed in its handshake, its own first; empty when it showed none. */
  public static List<X509Certificate> shownBy(SslHandler handler) {
    try {
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate certificate : handler.engine().getSession().getPeerCertificates()) {
        chain.add((X509Certificate) certificate);
      }
      return chain;
    } catch (SSLPeerUnverifiedException e) {
      return List.of();
    }
  }

  /** What a person should look at, one sentence; null when all is well. */
  public @Nullable String problem() {
    String known = problem;
    if (known != null) {
      return known;
    }
    Date end = inForce.certificate().getNotAfter();
    return clock.instant().isAfter(end.toInstant())
        ? "the TLS certificate in force ended on " + end.toInstant() + "; clients refuse it"
        : null;
  }

  /** Stops following the files. */
  @Override
  public void close() {
    closed = true;
  }
}
