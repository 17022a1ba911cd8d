package dev.edgehub.mqtt.session;

import dev.edgehub.delivery.Delivery;
import dev.edgehub.delivery.DeliveryOutcome;
import dev.edgehub.message.Identity;
import dev.edgehub.message.SinkId;
import dev.edgehub.mqtt.topic.HubTopics;
import dev.edgehub.mqtt.wire.Packet;
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
  private final ArrayDeque<Delivery> waiting = new ArrayDeque<>();
  private final PacketIds<Delivery> unanswered = new PacketIds<>();
  private boolean closed;

  OutboundWindow(Channel channel, Identity.Module module, boolean omitEmpty) {
    this.channel = channel;
    this.module = module;
    this.omitEmpty = omitEmpty;
  }

  void deliver(List<Delivery> batch, Subscriptions subscriptions) {
    waiting.addAll(batch);
    write(subscriptions);
  }

  /** Writes as much as the socket takes; a client that does not read makes nothing grow. */
  void write(Subscriptions subscriptions) {
    boolean wrote = false;
    while (!closed && !waiting.isEmpty() && channel.isWritable() && !unanswered.exhausted()) {
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
    byte[] body = delivery.message().body();
    if (qos == 0) {
      channel
          .write(new Packet.Publish(topic, 0, false, false, 0, body))
          .addListener(
              written ->
                  delivery.complete(
                      written.isSuccess() ? DeliveryOutcome.ACCEPTED : DeliveryOutcome.GONE));
      return;
    }
    int id = unanswered.take(delivery);
    Packet.Publish publish = new Packet.Publish(topic, 1, delivery.repeated(), false, id, body);
    channel.write(publish, channel.voidPromise());
  }

  /** The client has taken the delivery of that id; an id not in use is ignored. */
  void acknowledged(int packetId) {
    Delivery delivery = unanswered.release(packetId);
    if (delivery != null) {
      delivery.complete(DeliveryOutcome.ACCEPTED);
    }
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
