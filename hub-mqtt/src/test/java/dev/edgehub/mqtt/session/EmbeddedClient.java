package dev.edgehub.mqtt.session;

import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.wire.ConnectCode;
import dev.edgehub.mqtt.wire.Packet;
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
