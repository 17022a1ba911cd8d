package dev.edgehub.mqtt.session;

import dev.edgehub.delivery.Delivery;
import dev.edgehub.delivery.DeliveryOutcome;
import dev.edgehub.message.Identity;
import dev.edgehub.message.SinkId;
import dev.edgehub.mqtt.topic.HubTopics;
import dev.edgehub.mqtt.topic.NativeProperties;
import dev.edgehub.mqtt.wire.Packet;
import dev.edgehub.mqtt.wire.PacketWriter;
import dev.edgehub.mqtt.wire.PublishProperties;
import dev.edgehub.mqtt.wire.Reason;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Deliveries on their way to one module: those waiting for the socket to take them and those
 * waiting for their PUBACK. Belongs to the channel's event loop.
 */
final class OutboundWindow {

  private final Channel channel;
  private final Identity.Module module;
  private final boolean omitEmpty;
  private final Terms terms;
  private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
  private final PacketIds<Delivery> unanswered = new PacketIds<>();
  private boolean closed;

  OutboundWindow(Channel channel, Identity.Module module, boolean omitEmpty, Terms terms) {
    this.channel = channel;
    this.module = module;
    this.omitEmpty = omitEmpty;
    this.terms = terms;
  }

  void deliver(List<Delivery> batch, Subscriptions subscriptions) {
    waiting.addAll(batch);
    write(subscriptions);
  }

  /** Writes as much as the socket takes; a client that does not read makes nothing grow. */
  void write(Subscriptions subscriptions) {
    boolean wrote = false;
    while (!closed && !waiting.isEmpty() && channel.isWritable() && hasPlace()) {
      write(waiting.remove(), subscriptions);
      wrote = true;
    }
    if (wrote) {
      channel.flush();
    }
    if (closed) {
      abandon();
    }
  }

  private void write(Delivery delivery, Subscriptions subscriptions) {
    SinkId.ModuleInput input = (SinkId.ModuleInput) delivery.sink();
    int qos = subscriptions.qosOf(module, input);
    if (qos < 0) {
      // unsubscribed in the meantime: it waits for the next subscription
      delivery.complete(DeliveryOutcome.GONE);
      return;
    }
    String topic = HubTopics.delivery(module, input, delivery.message(), omitEmpty);
    if (topic.length() > HubTopics.MAX_BYTES) {
      delivery.complete(new DeliveryOutcome.Refused(HubTopics.tooLong(topic)));
      return;
    }
    PublishProperties properties =
        terms.isFive()
            ? NativeProperties.of(delivery.message(), omitEmpty, delivery.remainingMillis())
            : null;
    byte[] body = delivery.message().body();
    int id = qos == 0 ? 0 : unanswered.take(delivery);
    Packet.Publish publish =
        new Packet.Publish(topic, qos, qos > 0 && delivery.repeated(), false, id, body, properties);
    if (terms.isFive() && PacketWriter.size(publish) > terms.maximumPacketSize()) {
      unanswered.release(id);
      delivery.complete(new DeliveryOutcome.Refused(tooLarge(PacketWriter.size(publish))));
    } else if (qos == 0) {
      channel
          .write(publish)
          .addListener(
              written ->
                  delivery.complete(
                      written.isSuccess() ? DeliveryOutcome.ACCEPTED : DeliveryOutcome.GONE));
    } else {
      channel.write(publish, channel.voidPromise());
    }
  }

  private String tooLarge(long bytes) {
    return "too large for its sink: a packet of "
        + bytes
        + " bytes, and the client takes "
        + terms.maximumPacketSize();
  }

  private boolean hasPlace() {
    return unanswered.size() < terms.receiveMaximum();
  }

  /**
   * The client has taken or refused the delivery of that id; an id not in use is ignored.
   *
   * @param reason its code; from 0x80 on it refused
   */
  void acknowledged(int packetId, int reason) {
    Delivery delivery = unanswered.release(packetId);
    if (delivery != null) {
      delivery.complete(reason < 0x80 ? DeliveryOutcome.ACCEPTED : refusal(reason));
    }
  }

  private static DeliveryOutcome refusal(int reason) {
    String why = "the client refused it with reason 0x" + Integer.toHexString(reason);
    // of all it can say, only "quota exceeded" will pass
    return reason == Reason.QUOTA_EXCEEDED.code()
        ? new DeliveryOutcome.Retry(why)
        : new DeliveryOutcome.Refused(why);
  }

  int unanswered() {
    return unanswered.size();
  }

  /** Deliveries that wait for the socket. */
  int waiting() {
    return waiting.size();
  }

  /** The connection has ended; everything goes back to its queue. */
  void close() {
    closed = true;
    abandon();
  }

  private void abandon() {
    DeliveryOutcome closed = new DeliveryOutcome.Closed("the client's connection was closed");
    unanswered.all().forEach(delivery -> delivery.complete(closed));
    waiting.forEach(delivery -> delivery.complete(DeliveryOutcome.GONE));
    waiting.clear();
  }
}
