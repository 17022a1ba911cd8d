package dev.edgehub.mqtt.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.config.HubConfig;
import dev.edgehub.identity.Credential;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.Registry;
import dev.edgehub.identity.SasKey;
import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.auth.Transport;
import dev.edgehub.mqtt.server.ClientListener;
import dev.edgehub.mqtt.server.EventLoops;
import dev.edgehub.mqtt.server.MqttPipeline;
import dev.edgehub.mqtt.server.TlsFront;
import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.LeakWatch;
import dev.edgehub.mqtt.testing.LoopbackHub;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Mosquitto;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.SasTokens;
import dev.edgehub.mqtt.testing.TlsClient;
import dev.edgehub.mqtt.testing.WirePeer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** MQTT over TLS with a certificate of the hub's own making. */
@Timeout(60)
@ExtendWith({DefectWatch.class, LeakWatch.class})
final class SecureListenerTest {

  private static final InstantSource CLOCK = InstantSource.system();

  private static final SasKey KEY = SasKey.generate(new Random(1));

  @TempDir Path directory;
  private LoopbackHub hub;
  private int port;

  @BeforeEach
  void start() {
    hub =
        new LoopbackHub(
            directory.resolve("store"),
            Manifests.of(Manifests.route("sensor", "filter", "in1")),
            Registry.of(
                List.of(
                    new RegisteredIdentity(
                        new Identity.Module("edge", "known"),
                        true,
                        new Credential.Sas(KEY, null)))),
            "dataDir=" + directory,
            "hostname=gateway.example",
            "limits.connectSeconds=2",
            "listeners.mqtts.host=127.0.0.1",
            "listeners.mqtts.port=0");
    port = hub.secure(CLOCK);
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private Path authority() {
    return directory.resolve("tls/ca.pem");
  }

  @Test
  void answersConnectInTls13AndTls12() throws IOException {
    for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
      SSLSocket socket = TlsClient.trusting(authority()).connect(port, "localhost", protocol);
      try (WirePeer peer = new WirePeer(socket)) {
        peer.send(Packets.connect("edge/sensor", true, 0));

        assertEquals(protocol, socket.getSession().getProtocol());
        assertEquals(2, peer.receive().type());
      }
    }
  }

  @Test
  void whoIsLetInIsShownToUseTls() throws IOException {
    String token =
        SasTokens.of(
            "HostName=local.azure-devices.net;DeviceId=edge;ModuleId=known;SharedAccessKey="
                + KEY.reveal(),
            CLOCK.instant().plusSeconds(60));
    SSLSocket socket = TlsClient.trusting(authority()).connect(port, "localhost", "TLSv1.3");
    try (WirePeer peer = new WirePeer(socket)) {
      peer.send(Packets.connect(4, "edge/known", true, token));

      assertEquals("20 0000", peer.receive().toString());
      assertEquals("tls", hub.services().directory().clients().get(0).transport());
    }
  }

  @Test
  void isKnownByItsHostNameAndByThisMachinesNames() throws IOException {
    for (String name : List.of("gateway.example", "localhost", "127.0.0.1", "::1")) {
      TlsClient.trusting(authority()).connect(port, name).close();
    }
    assertThrows(
        SSLException.class, () -> TlsClient.trusting(authority()).connect(port, "another.example"));
  }

  @Test
  void isRefusedByAClientThatTrustsAnotherAuthority() throws IOException {
    TlsFolder other = new TlsFolder(directory.resolve("other"));
    other.write("ca", new CertificateMaker(new SecureRandom()).authority("other", Instant.now()));

    assertThrows(
        SSLException.class,
        () -> TlsClient.trusting(other.certificate("ca")).connect(port, "localhost"));
  }

  @Test
  void keepsItsKeysToItself() throws IOException {
    try (var files = Files.list(directory.resolve("tls"))) {
      Set<String> open =
          files
              .filter(file -> permissions(file).endsWith("r--r--"))
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toSet());

      assertEquals(Set.of("ca.pem", "server.pem"), open);
    }
    assertEquals("rw-------", permissions(directory.resolve("tls/ca.key")));
    assertEquals("rw-------", permissions(directory.resolve("tls/server.key")));
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPlainClientOnTheSecurePortIsClosed() {
    try (WirePeer peer = new WirePeer(port)) {
      peer.send(Packets.connect("edge/sensor", true, 0));

      // an alert may come before the end
      assertTrue(peer.isClosedByHub());
    }
  }

  /** A hello whose newest version is TLS 1.1, as RFC 4346 writes it. */
  @Test
  void anOldVersionOfTlsIsRefusedWithItsAlert() throws IOException {
    for (int minor : new int[] {1, 2}) {
      byte[] hello =
          HexFormat.of()
              .parseHex(
                  "16030100590100005503"
                      + "0"
                      + minor
                      + "00".repeat(32)
                      + "000008c009c013002f00ff0100"
                      + "0024"
                      + "000a00080006001700180019"
                      + "000b00020100"
                      + "000d000a0008040305030603020300");
      hello = Arrays.copyOf(hello, 5 + 0x59);
      try (Socket old = new Socket(InetAddress.getLoopbackAddress(), port)) {
        old.setSoTimeout(10_000);
        old.getOutputStream().write(hello);
        byte[] alert = old.getInputStream().readNBytes(7);

        assertEquals(0x15, alert[0]);
        assertEquals(70, alert[6], "protocol_version");
      }
    }
  }

  @Test
  void aHandshakeThatStallsEndsWithTheTimeForConnectAndHoldsUpNobody() throws IOException {
    List<Socket> stalled = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1});
      stalled.add(socket);
    }
    try (WirePeer canary = TlsClient.trusting(authority()).peer(port)) {
      canary.send(Packets.connect("edge/sensor", true, 0));

      assertEquals(2, canary.receive().type());
    }
    for (Socket socket : stalled) {
      // not an orderly end: see ConnectionEnd
      assertThrows(SocketException.class, () -> readToEnd(socket));
      socket.close();
    }
  }

  private static void readToEnd(Socket socket) throws IOException {
    while (socket.getInputStream().read() >= 0) {
      // an alert
    }
  }

  @Test
  void aNewCertificateIsForNewConnectionsAndOldOnesStay() throws Exception {
    TlsFolder folder = new TlsFolder(directory.resolve("operator"));
    CertificateMaker maker = new CertificateMaker(new SecureRandom());
    TlsMaterial ca = maker.authority("ca", Instant.now());
    folder.write("ca", ca);
    folder.write("own", issued(maker, ca, "one"));
    TlsClient client = TlsClient.trusting(folder.certificate("ca"));
    try (LoopbackHub second =
        new LoopbackHub(
            directory.resolve("second"),
            Manifests.of(Manifests.route("sensor", "filter", "in1")),
            Registry.of(
                List.of(
                    new RegisteredIdentity(
                        new Identity.Module("edge", "known"),
                        true,
                        new Credential.Sas(KEY, null)))),
            "dataDir=" + directory,
            "limits.connectSeconds=60",
            "tls.certificate=" + folder.certificate("own"),
            "tls.key=" + folder.key("own"),
            "listeners.mqtts.port=0")) {
      int secondPort = second.secure(CLOCK);
      try (SSLSocket before = client.connect(secondPort, "localhost");
          WirePeer peer = new WirePeer(before)) {
        Files.writeString(folder.certificate("own"), "garbage");
        Await.until("health tells of garbage", () -> second.tls().problem() != null);
        client.connect(secondPort, "localhost").close();
        folder.write("own", issued(maker, ca, "two"));
        Await.until("the new one is in force", () -> second.tls().problem() == null);
        peer.send(Packets.connect("edge/sensor", true, 0));

        assertEquals(2, peer.receive().type());
        assertEquals("CN=one", subject(before));
      }
      try (SSLSocket after = client.connect(secondPort, "localhost")) {
        assertEquals("CN=two", subject(after));
      }
    }
  }

  private static TlsMaterial issued(CertificateMaker maker, TlsMaterial ca, String name) {
    return maker.server(ca, name, ServerName.of(name, List.of()), Instant.now());
  }

  private static String subject(SSLSocket socket) throws SSLException {
    return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
        .getSubjectX500Principal()
        .getName();
  }

  @Test
  void aCertificateOfAnyClientReachesTheOneWhoJudges() throws Exception {
    TlsFolder mine = new TlsFolder(directory.resolve("mine"));
    mine.write("me", new CertificateMaker(new SecureRandom()).authority("device", Instant.now()));
    BlockingQueue<Origin> origins = new LinkedBlockingQueue<>();
    try (EventLoops loops = new EventLoops();
        ClientListener listener =
            new ClientListener(
                new HubConfig.Listener("127.0.0.1", 0, true),
                loops,
                hub.admission(),
                "a test",
                "-",
                1 << 20,
                pipeline -> {
                  Supplier<Origin> origin =
                      TlsFront.build(pipeline, hub.tls(), hub.services().log());
                  pipeline.addLast(
                      new SimpleChannelInboundHandler<ByteBuf>() {
                        @Override
                        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
                          origins.add(origin.get());
                        }
                      });
                })) {
      for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
        TlsClient known = TlsClient.trusting(authority(), mine.certificate("me"), mine.key("me"));
        try (SSLSocket with = known.connect(listener.port(), "localhost", protocol);
            SSLSocket without =
                TlsClient.trusting(authority()).connect(listener.port(), "localhost", protocol)) {
          with.getOutputStream().write(1);
          Origin shown = origins.poll(10, TimeUnit.SECONDS);
          without.getOutputStream().write(1);
          Origin nothing = origins.poll(10, TimeUnit.SECONDS);

          assertEquals(
              new Origin(Transport.TLS, false, PemFile.certificates(mine.certificate("me"))),
              shown);
          assertEquals(new Origin(Transport.TLS, false, List.of()), nothing);
        }
      }
    }
  }

  @Test
  void mosquittoPublishesWithTheAuthoritysFile() {
    Mosquitto.program("mosquitto_pub");
    try (EventLoops loops = new EventLoops();
        ClientListener listener =
            new ClientListener(
                new HubConfig.Listener("127.0.0.1", 0, true),
                loops,
                hub.admission(),
                "a test",
                "-",
                1 << 20,
                pipeline -> {
                  TlsFront.build(pipeline, hub.tls(), hub.services().log());
                  MqttPipeline.build(pipeline, hub.services(), () -> Origin.LOCAL, () -> {});
                })) {
      for (String version : List.of("tlsv1.2", "tlsv1.3")) {
        Mosquitto.run(
            "mosquitto_pub",
            "--cafile",
            authority().toString(),
            "--tls-version",
            version,
            "-h",
            "localhost",
            "-p",
            "" + listener.port(),
            "-i",
            "edge/sensor",
            "-u",
            Packets.userName("edge/sensor"),
            "-q",
            "1",
            "-t",
            "devices/edge/modules/sensor/messages/events/",
            "-m",
            version);
      }
    }

    assertEquals(2, hub.depth());
  }
}
