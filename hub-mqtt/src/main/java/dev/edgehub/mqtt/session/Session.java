package dev.edgehub.mqtt.session;

import dev.edgehub.delivery.Delivery;
import dev.edgehub.delivery.ModuleLinks;
import dev.edgehub.delivery.Sink;
import dev.edgehub.hub.EdgeHub;
import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.Properties;
import dev.edgehub.message.SinkId;
import dev.edgehub.mqtt.auth.AuthOutcome;
import dev.edgehub.mqtt.topic.HubTopics;
import dev.edgehub.mqtt.topic.TopicFilter;
import dev.edgehub.mqtt.wire.Packet;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connected client. Belongs to the channel's event loop, but for {@link #deliver} and {@link
 * #linkTo}, which pumps call.
 */
final class Session implements Sink, ModuleLinks, InboundWindow.Owner {

  private static final long RETRY_FULL_MILLIS = 250;

  private final SessionServices services;
  private final EdgeHub hub;
  private final Channel channel;
  private final Consumer<String> hangUp;

  // valid for the session
  private final Identity identity;
  private final boolean persistent;
  private volatile Subscriptions subscriptions = Subscriptions.NONE;

  // valid for the connection
  private final InboundWindow inbound;
  private final @Nullable OutboundWindow outbound;
  private final Packet.@Nullable Will will;
  private boolean disconnecting;
  private boolean ended;
  private String lastTopic = "";
  private HubTopics.@Nullable Telemetry lastTelemetry;

  Session(
      SessionServices services,
      Channel channel,
      AuthOutcome.Accepted client,
      Packet.Connect connect,
      Consumer<String> hangUp) {
    this.services = services;
    this.hub = services.hub();
    this.channel = channel;
    this.hangUp = hangUp;
    this.identity = client.identity();
    this.persistent = !connect.cleanSession();
    this.will = connect.will();
    this.inbound = new InboundWindow(hub, channel.eventLoop(), this);
    boolean omitEmpty = ClientSdk.failsOnEmptyValues(client.clientType());
    this.outbound =
        identity instanceof Identity.Module module
            ? new OutboundWindow(channel, module, omitEmpty)
            : null;
  }

  Identity identity() {
    return identity;
  }

  /** Whether the client's will, if it left one, is something it may publish. */
  boolean willIsOwn() {
    return will == null
        || HubTopics.telemetry(will.topic(), identity, will.retain(), false) != null;
  }

  /** Takes up the stored session, or forgets it; true when there was one to take up. */
  boolean restore(boolean clean) {
    if (clean) {
      services.sessions().forget(identity);
      return false;
    }
    Subscriptions stored = services.sessions().find(identity);
    if (stored == null) {
      services.sessions().save(identity, Subscriptions.NONE, saved -> {});
      return false;
    }
    subscriptions = stored;
    return true;
  }

  /** Lets deliveries begin; after CONNACK. */
  void start() {
    if (isFed()) {
      hub.sinks().connect(moduleId(), this);
    }
  }

  /** Only modules of this device are sinks; those of other devices are not named by routes. */
  private boolean isFed() {
    return outbound != null && identity.deviceId().equals(services.deviceId());
  }

  private String moduleId() {
    return ((Identity.Module) identity).moduleId();
  }

  void publish(Packet.Publish publish) {
    if (publish.qos() > 1) {
      hangUp.accept("a PUBLISH of QoS 2, which IoT Hub clients may not send");
      return;
    }
    HubTopics.Telemetry telemetry = telemetry(publish);
    if (telemetry == null) {
      hangUp.accept(
          "expected a PUBLISH on "
              + HubTopics.telemetryPrefix(identity)
              + "/, found another topic");
      return;
    }
    Message message =
        new Message(
            hub.newMessageId(),
            telemetry.source(),
            telemetry.system(),
            telemetry.properties(),
            publish.payload());
    if (message.size() > services.limits().messageSize()) {
      hangUp.accept(
          "a message of "
              + message.size()
              + " bytes; limits.messageSize is "
              + services.limits().messageSize());
      return;
    }
    inbound.add(message, publish.packetId());
  }

  /** Clients repeat their topic, so the last one read is kept. */
  private HubTopics.@Nullable Telemetry telemetry(Packet.Publish publish) {
    boolean plain = !publish.retain() && !publish.duplicate();
    if (plain && publish.topic().equals(lastTopic)) {
      return lastTelemetry;
    }
    HubTopics.Telemetry read =
        HubTopics.telemetry(publish.topic(), identity, publish.retain(), publish.duplicate());
    if (plain && read != null) {
      lastTopic = publish.topic();
      lastTelemetry = read;
    }
    return read;
  }

  void readComplete() {
    inbound.flush();
    settled();
  }

  @Override
  public void stored(int[] packetIds, int count) {
    if (!ended) {
      channel.write(new Packet.PubAcks(packetIds, count), channel.voidPromise());
    }
  }

  @Override
  public void settled() {
    channel.flush();
    long bytes = inbound.bytes();
    int limit = services.limits().inFlightBytes();
    if (inbound.holding()) {
      // still read, so that acknowledgements and pings come through; but not without end
      channel.config().setAutoRead(true);
      if (bytes > limit + (long) services.limits().heldBytes()) {
        hub.meters().unacknowledged(identity.id(), inbound.unacknowledged());
        hangUp.accept("the store is full and the client's share of held messages is used up");
      }
    } else if (bytes > limit) {
      channel.config().setAutoRead(false);
    } else if (bytes <= limit / 2) {
      channel.config().setAutoRead(true);
    }
  }

  @Override
  public void full() {
    settled();
    channel
        .eventLoop()
        .schedule(
            () -> {
              if (!ended) {
                inbound.retry();
              }
            },
            RETRY_FULL_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void closed() {
    if (!ended) {
      hub.meters().unacknowledged(identity.id(), inbound.unacknowledged());
      hangUp.accept("the hub is stopping");
    }
  }

  void subscribe(Packet.Subscribe subscribe) {
    Subscriptions changed = subscriptions;
    List<Integer> granted = new ArrayList<>();
    for (Packet.Subscription wanted : subscribe.subscriptions()) {
      Optional<TopicFilter> filter = Subscriptions.acceptable(wanted.filter(), identity);
      if (filter.isEmpty() || changed.size() >= services.limits().subscriptions()) {
        granted.add(Packet.SubAck.REFUSED);
      } else {
        int qos = Math.min(1, wanted.qos());
        changed = changed.with(filter.get(), qos);
        granted.add(qos);
      }
    }
    change(changed, new Packet.SubAck(subscribe.packetId(), granted));
  }

  void unsubscribe(Packet.Unsubscribe unsubscribe) {
    Subscriptions changed = subscriptions;
    for (String filter : unsubscribe.filters()) {
      changed = changed.without(filter);
    }
    change(changed, new Packet.UnsubAck(unsubscribe.packetId()));
  }

  /** Answers only when a persistent session is durable: clients do not subscribe again. */
  private void change(Subscriptions changed, Packet answer) {
    subscriptions = changed;
    if (!persistent) {
      answerChange(answer);
      return;
    }
    services
        .sessions()
        .save(
            identity,
            changed,
            durable ->
                channel
                    .eventLoop()
                    .execute(
                        () -> {
                          if (durable) {
                            answerChange(answer);
                          } else {
                            hangUp.accept("its subscriptions could not be stored");
                          }
                        }));
  }

  private void answerChange(Packet answer) {
    channel.writeAndFlush(answer);
    if (isFed() && !ended) {
      hub.sinks().refresh(moduleId(), this);
    }
  }

  @Override
  public @Nullable Sink linkTo(SinkId.ModuleInput input) {
    return identity instanceof Identity.Module module && subscriptions.qosOf(module, input) >= 0
        ? this
        : null;
  }

  @Override
  public void deliver(List<Delivery> batch) {
    OutboundWindow window = outbound;
    if (window == null) {
      throw new IllegalStateException("only modules are linked to sinks");
    }
    channel.eventLoop().execute(() -> window.deliver(batch, subscriptions));
  }

  void acknowledged(int packetId) {
    if (outbound != null) {
      outbound.acknowledged(packetId);
      outbound.write(subscriptions);
    }
  }

  void writable() {
    if (outbound != null) {
      outbound.write(subscriptions);
    }
  }

  /** The client said goodbye: its will is void. */
  void disconnecting() {
    disconnecting = true;
  }

  /** The connection is no more. */
  void end() {
    ended = true;
    if (isFed()) {
      hub.sinks().disconnect(moduleId(), this);
    }
    if (outbound != null) {
      outbound.close();
    }
    if (will != null && !disconnecting) {
      publishWill(will);
    }
    // what came in the same read as the end, a QoS 0 message before DISCONNECT for one
    inbound.flush();
  }

  private void publishWill(Packet.Will left) {
    HubTopics.Telemetry telemetry =
        HubTopics.telemetry(left.topic(), identity, left.retain(), false);
    if (telemetry != null) {
      Properties.Builder properties = new Properties.Builder();
      for (int i = 0; i < telemetry.properties().size(); i++) {
        properties.set(telemetry.properties().name(i), telemetry.properties().value(i));
      }
      properties.set("MessageType", "Will");
      inbound.add(
          new Message(
              hub.newMessageId(),
              telemetry.source(),
              telemetry.system(),
              properties.build(),
              left.payload()),
          0);
    }
  }
}
