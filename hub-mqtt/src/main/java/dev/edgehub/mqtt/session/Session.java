package dev.edgehub.mqtt.session;

import dev.edgehub.delivery.Delivery;
import dev.edgehub.delivery.ModuleLinks;
import dev.edgehub.delivery.Sink;
import dev.edgehub.hub.EdgeHub;
import dev.edgehub.message.Identity;
import dev.edgehub.message.SinkId;
import dev.edgehub.mqtt.auth.AuthOutcome;
import dev.edgehub.mqtt.topic.TopicFilter;
import dev.edgehub.mqtt.wire.Packet;
import dev.edgehub.mqtt.wire.PublishProperties;
import dev.edgehub.mqtt.wire.Reason;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
  private final HangUp hangUp;
  private final Terms terms;

  // valid for the session
  private final Identity identity;
  private volatile Subscriptions subscriptions = Subscriptions.NONE;

  // valid for the connection
  private final InboundWindow inbound;
  private final Reception reception;
  private final @Nullable OutboundWindow outbound;
  private final Packet.@Nullable Will will;
  private long sessionExpirySeconds;
  private boolean willIsVoid;
  private Succession succession = Succession.NONE;
  private boolean ended;

  /** Who has the client's identity when this connection ends. */
  private enum Succession {
    NONE,
    SAME_SESSION,
    NEW_SESSION
  }

  Session(
      SessionServices services,
      Channel channel,
      AuthOutcome.Accepted client,
      Packet.Connect connect,
      Terms terms,
      HangUp hangUp) {
    this.services = services;
    this.hub = services.hub();
    this.channel = channel;
    this.hangUp = hangUp;
    this.terms = terms;
    this.identity = client.identity();
    this.sessionExpirySeconds = terms.sessionExpirySeconds();
    this.will = connect.will();
    Reason unrouted = terms.isFive() ? Reason.NO_MATCHING_SUBSCRIBERS : Reason.SUCCESS;
    this.inbound = new InboundWindow(hub, channel.eventLoop(), unrouted, this);
    int messageSize = services.limits().messageSize();
    this.reception =
        new Reception(hub, identity, terms, messageSize, inbound, hangUp, this::answerTwinRequest);
    boolean omitEmpty = ClientSdk.failsOnEmptyValues(client.clientType());
    this.outbound =
        identity instanceof Identity.Module module
            ? new OutboundWindow(channel, module, omitEmpty, terms)
            : null;
  }

  Identity identity() {
    return identity;
  }

  /** PUBLISHes of the client that wait for their PUBACK. */
  int unstored() {
    return inbound.unacknowledged();
  }

  /** Deliveries that wait for the client's PUBACK. */
  int unanswered() {
    return outbound == null ? 0 : outbound.unanswered();
  }

  /** Deliveries that wait for the client's socket. */
  int waiting() {
    return outbound == null ? 0 : outbound.waiting();
  }

  int subscriptions() {
    return subscriptions.size();
  }

  /** Whether the client's will, if it left one, is something it may publish. */
  boolean willIsOwn() {
    return will == null || LeftWill.isOwn(will, identity);
  }

  /** Takes up the stored session, or forgets it; true when there was one to take up. */
  boolean restore(boolean clean) {
    Subscriptions stored = services.sessions().resume(identity, this, clean, sessionExpirySeconds);
    if (stored == null) {
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
    reception.publish(publish);
  }

  /** A client that does not read what it asked for is not answered. */
  private void answerTwinRequest(String requestId) {
    Packet.Publish answer =
        TwinAnswers.notServed(
            requestId, hub.nowMillis(), terms.isFive() ? PublishProperties.NONE : null);
    if (subscriptions.match(answer.topic()) && channel.isWritable()) {
      channel.writeAndFlush(answer);
    }
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
        beyondBudget();
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
      hangUp.because(Reason.SERVER_SHUTTING_DOWN, "the hub is stopping");
    }
  }

  /** The client has used up its share of what is held while the store is full. */
  private void beyondBudget() {
    int unacknowledged = inbound.unacknowledged();
    if (terms.isFive()) {
      if (inbound.refuseHeld()) {
        hub.meters().unacknowledged(identity.id(), unacknowledged);
        inbound.acknowledge();
      }
    } else {
      hub.meters().unacknowledged(identity.id(), unacknowledged);
      hangUp.because(
          Reason.QUOTA_EXCEEDED,
          "the store is full and the client's share of held messages is used up");
    }
  }

  void subscribe(Packet.Subscribe subscribe) {
    Subscriptions changed = subscriptions;
    List<Integer> granted = new ArrayList<>();
    for (Packet.Subscription wanted : subscribe.subscriptions()) {
      TopicFilter filter = TopicFilter.parse(wanted.filter()).orElse(null);
      Reason refusal = refusal(wanted.filter(), filter, subscribe.identified(), changed);
      if (filter == null || refusal != Reason.SUCCESS) {
        granted.add(terms.isFive() ? refusal.code() : Packet.SubAck.REFUSED);
      } else {
        int qos = Math.min(1, wanted.qos());
        changed = changed.with(filter, qos);
        granted.add(qos);
      }
    }
    change(changed, new Packet.SubAck(terms.level(), subscribe.packetId(), granted));
  }

  private Reason refusal(
      String text, @Nullable TopicFilter filter, boolean identified, Subscriptions present) {
    if (identified) {
      return Reason.SUBSCRIPTION_IDS_NOT_SUPPORTED;
    }
    if (filter == null) {
      return Reason.TOPIC_FILTER_INVALID;
    }
    if (text.startsWith("$share/")) {
      return Reason.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
    }
    if (!Subscriptions.isFor(identity, text)) {
      return Reason.NOT_AUTHORIZED;
    }
    return present.size() >= services.limits().subscriptions() && !present.contains(text)
        ? Reason.QUOTA_EXCEEDED
        : Reason.SUCCESS;
  }

  void unsubscribe(Packet.Unsubscribe unsubscribe) {
    Subscriptions changed = subscriptions;
    List<Integer> reasons = new ArrayList<>();
    for (String filter : unsubscribe.filters()) {
      Reason reason = changed.contains(filter) ? Reason.SUCCESS : Reason.NO_SUBSCRIPTION_EXISTED;
      reasons.add(reason.code());
      changed = changed.without(filter);
    }
    List<Integer> told = terms.isFive() ? reasons : List.of();
    change(changed, new Packet.UnsubAck(terms.level(), unsubscribe.packetId(), told));
  }

  /** Answers only when a persistent session is durable: clients do not subscribe again. */
  private void change(Subscriptions changed, Packet answer) {
    subscriptions = changed;
    if (!StoredSessions.isPersistent(sessionExpirySeconds)) {
      answerChange(answer);
      return;
    }
    services
        .sessions()
        .save(
            identity,
            this,
            changed,
            durable ->
                channel
                    .eventLoop()
                    .execute(
                        () -> {
                          if (durable) {
                            answerChange(answer);
                          } else {
                            hangUp.because(
                                Reason.UNSPECIFIED, "its subscriptions could not be stored");
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

  void acknowledged(Packet.PubAck ack) {
    if (outbound != null) {
      outbound.acknowledged(ack.packetId(), ack.reason());
      outbound.write(subscriptions);
    }
  }

  void writable() {
    if (outbound != null) {
      outbound.write(subscriptions);
    }
  }

  /** The client said goodbye. */
  void disconnecting(Packet.Disconnect goodbye) {
    if (sessionExpirySeconds == 0 && goodbye.sessionExpirySeconds() > 0) {
      hangUp.because(
          Reason.PROTOCOL_ERROR, "a DISCONNECT that wants to keep a session begun without expiry");
      return;
    }
    if (goodbye.sessionExpirySeconds() >= 0) {
      sessionExpirySeconds = goodbye.sessionExpirySeconds();
    }
    willIsVoid = goodbye.reason() == Reason.SUCCESS.code();
  }

  /**
   * A newer connection has the identity.
   *
   * @param anew without this one's session
   */
  void takenOver(boolean anew) {
    succession = anew ? Succession.NEW_SESSION : Succession.SAME_SESSION;
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
    // what came in the same read as the end, a QoS 0 message before DISCONNECT for one
    inbound.flush();
    if (will != null && !willIsVoid) {
      leave(will);
    }
    services.sessions().ended(identity, this, sessionExpirySeconds);
  }

  private void leave(Packet.Will left) {
    // a session that ends takes its will with it (MQTT 5, 3.1.3.2.2)
    long delay = Math.min(left.delaySeconds(), sessionExpirySeconds);
    if (delay == 0 || succession == Succession.NEW_SESSION) {
      LeftWill.publish(left, identity, hub);
    } else if (succession == Succession.NONE) {
      services
          .directory()
          .wills()
          .leave(identity, () -> LeftWill.publish(left, identity, hub), delay, channel.eventLoop());
    }
  }
}
