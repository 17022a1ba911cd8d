package dev.edgehub.mqtt.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.config.HubConfig;
import dev.edgehub.metrics.HubMeters;
import dev.edgehub.mqtt.session.ConnectionLog;
import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.DefectWatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which connections are taken at all. */
@Timeout(60)
@ExtendWith(DefectWatch.class)
final class AdmissionTest {

  private volatile long openDescriptors = 10;
  private int counted;

  private final Descriptors descriptors =
      new Descriptors() {
        @Override
        public long open() {
          counted++;
          return openDescriptors;
        }

        @Override
        public long most() {
          return 1_000;
        }
      };

  private Admission admission(String... settings) {
    return new Admission(
        Config.of(settings).limits(),
        descriptors,
        new ConnectionLog((delay, task) -> () -> {}),
        new HubMeters(new SimpleMeterRegistry(), "hub", "edge", "1"),
        () -> 0);
  }

  private static ClientListener listener(EventLoops loops, Admission admission) {
    return new ClientListener(
        new HubConfig.Listener("127.0.0.1", 0, true),
        loops,
        admission,
        "a test",
        "-",
        1 << 20,
        pipeline ->
            pipeline.channel().writeAndFlush(pipeline.channel().alloc().buffer().writeByte(1)));
  }

  private static int answered(List<Socket> sockets) throws IOException {
    int answered = 0;
    for (Socket socket : sockets) {
      answered += isAnswered(socket) ? 1 : 0;
    }
    return answered;
  }

  private static boolean isAnswered(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() == 1;
    } catch (SocketException reset) {
      return false;
    }
  }

  private static List<Socket> connect(int port, int count) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      sockets.add(socket);
    }
    return sockets;
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void thisMachinesOwnConnectionsAreNotSlowedUnlessAsked() throws IOException {
    try (EventLoops loops = new EventLoops();
        ClientListener free =
            listener(loops, admission("limits.acceptRate=1", "limits.acceptBurst=2"));
        ClientListener slowed =
            listener(loops, admission("limits.acceptRateLoopback=1", "limits.acceptBurst=2"))) {
      List<Socket> many = connect(free.port(), 20);
      List<Socket> few = connect(slowed.port(), 20);

      assertEquals(20, answered(many));
      assertEquals(2, answered(few));
      close(many);
      close(few);
    }
  }

  @Test
  void addressesOfTheNetworkAreLimitedByDefault() {
    Admission admission = admission();
    InetSocketAddress peer = new InetSocketAddress("192.0.2.1", 1_000);
    int admitted = 0;
    for (int i = 0; i < 1_000; i++) {
      admitted += admission.admits(peer) ? 1 : 0;
    }

    assertEquals(500, admitted);
  }

  @Test
  void moreConnectionsThanClientsAndThoseComingBackAreClosedUnread() throws IOException {
    try (EventLoops loops = new EventLoops();
        ClientListener listener = listener(loops, admission("limits.connections=1"))) {
      List<Socket> first = connect(listener.port(), 100);

      assertEquals(65, answered(first));
      close(first);
      Await.until(
          "there is room again",
          () -> {
            try {
              List<Socket> next = connect(listener.port(), 1);
              int answered = answered(next);
              close(next);
              return answered == 1;
            } catch (IOException e) {
              return false;
            }
          });
    }
  }

  @Test
  void connectionsWaitWhileDescriptorsAreNearlyUsedUp() throws IOException {
    Admission admission = admission();
    openDescriptors = 990;
    try (EventLoops loops = new EventLoops();
        ClientListener listener = listener(loops, admission)) {
      List<Socket> first = connect(listener.port(), 1);
      Await.until("it pauses", () -> admission.problem() != null);
      List<Socket> waiting = connect(listener.port(), 10);
      String problem = admission.problem();
      openDescriptors = 10;
      int served = answered(waiting);

      assertTrue(("" + problem).contains("file descriptors"), problem);
      assertEquals(10, served);
      Await.until("it has resumed", () -> admission.problem() == null);
      close(first);
      close(waiting);
    }
  }

  @Test
  void descriptorsAreCountedOnlyWhenTheyMayHaveRunOut() {
    DescriptorReserve reserve = new DescriptorReserve(descriptors);
    assertFalse(reserve.isTouched());
    for (int i = 0; i < 800; i++) {
      reserve.taken();
      assertFalse(reserve.isTouched());
    }
    int before = counted;
    openDescriptors = 900;
    for (int i = 0; i < 100; i++) {
      reserve.taken();
    }

    assertEquals(1, before);
    assertTrue(reserve.isTouched());
    openDescriptors = 850;
    assertTrue(reserve.isTouched(), "not enough room beyond the reserve yet");
    openDescriptors = 800;
    assertFalse(reserve.isTouched());
    assertNull(admission().problem());
  }
}
