package dev.edgehub.mqtt.session;

import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.wire.ConnectCode;
import dev.edgehub.mqtt.wire.ConnectProperties;
import dev.edgehub.mqtt.wire.Packet;
import dev.edgehub.mqtt.wire.PublishProperties;
import dev.edgehub.mqtt.wire.Reason;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client whose packets reach the session without bytes, in time that the test moves. */
final class EmbeddedClient {

  private final EmbeddedChannel channel;
  private final String id;

  EmbeddedClient(SessionServices services, String id) {
    this.id = id;
    channel = new EmbeddedChannel();
    channel.freezeTime();
    channel.pipeline().addLast(new SessionHandler(services, () -> Origin.LOCAL, () -> {}));
    channel.pipeline().fireChannelActive();
  }

  /** A connected client with a persistent session. */
  static EmbeddedClient connected(SessionServices services, String id) {
    EmbeddedClient client = new EmbeddedClient(services, id);
    client.send(client.connect(false, 0, null));
    Packet answer = client.received();
    if (!(answer instanceof Packet.ConnAck ack) || ack.code() != ConnectCode.ACCEPTED) {
      throw new AssertionError("not connected: " + answer);
    }
    return client;
  }

  Packet.Connect connect(boolean clean, int keepAlive, Packet.@Nullable Will will) {
    return new Packet.Connect(4, id, Packets.userName(id), null, clean, keepAlive, will);
  }

  /** A connected client of MQTT 5 whose session ends with the connection. */
  static EmbeddedClient connectedFive(SessionServices services, String id) {
    EmbeddedClient client = new EmbeddedClient(services, id);
    client.send(client.connectFive(true, ConnectProperties.NONE, null));
    Packet answer = client.received();
    if (!(answer instanceof Packet.ConnAck ack) || ack.code() != ConnectCode.ACCEPTED) {
      throw new AssertionError("not connected: " + answer);
    }
    return client;
  }

  Packet.Connect connectFive(
      boolean clean, ConnectProperties properties, Packet.@Nullable Will will) {
    return new Packet.Connect(5, id, Packets.userName(id), null, clean, 60, will, properties);
  }

  /** CONNECT of MQTT 5 with a session that lives on for so many seconds. */
  Packet.Connect connectFor(boolean clean, long expirySeconds) {
    return connectFive(
        clean, new ConnectProperties(expirySeconds, 0xffff, Long.MAX_VALUE, true, null), null);
  }

  static Packet.Publish publishingFive(
      String topic, int qos, int packetId, String body, PublishProperties properties) {
    return new Packet.Publish(
        topic, qos, false, false, packetId, body.getBytes(StandardCharsets.UTF_8), properties);
  }

  /** The PUBACKs since the last look, each as its id and the name of its reason. */
  List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    for (int ack : acknowledged()) {
      int code = ack >>> 16;
      Reason named =
          Arrays.stream(Reason.values()).filter(r -> r.code() == code).findFirst().orElseThrow();
      reasons.add((ack & 0xffff) + " " + named);
    }
    return reasons;
  }

  /** The reason of the DISCONNECT that came before the end of the connection. */
  Reason farewell() {
    Packet last = null;
    for (Packet packet = received(); packet != null; packet = received()) {
      last = packet;
    }
    if (isOpen() || !(last instanceof Packet.Farewell farewell)) {
      throw new AssertionError("expected DISCONNECT and the end, found " + last);
    }
    return farewell.reason();
  }

  /** Packets that come with one read. */
  void send(Packet... packets) {
    channel.writeInbound((Object[]) packets);
  }

  void publish(String topic, int qos, int packetId) {
    send(publishing(topic, qos, packetId, "x"));
  }

  static Packet.Publish publishing(String topic, int qos, int packetId, String body) {
    return new Packet.Publish(
        topic, qos, false, false, packetId, body.getBytes(StandardCharsets.UTF_8));
  }

  /** Lets time pass. */
  void pass(long millis) {
    channel.runPendingTasks();
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    channel.runPendingTasks();
  }

  /** The next packet from the hub, or null. */
  @Nullable Packet received() {
    channel.runPendingTasks();
    return channel.readOutbound();
  }

  /** The packet ids acknowledged since the last look; anything else is passed over. */
  List<Integer> acknowledged() {
    List<Integer> ids = new ArrayList<>();
    for (Packet packet = received(); packet != null; packet = received()) {
      if (packet instanceof Packet.PubAcks acks) {
        Arrays.stream(acks.packetIds()).limit(acks.count()).forEach(ids::add);
      }
    }
    return ids;
  }

  boolean isOpen() {
    channel.runPendingTasks();
    return channel.isOpen();
  }

  boolean isRead() {
    return channel.config().isAutoRead();
  }

  /** The connection breaks. */
  void breakOff() {
    channel.close();
    channel.runPendingTasks();
  }
}
