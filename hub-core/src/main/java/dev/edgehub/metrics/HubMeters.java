package dev.edgehub.metrics;

import dev.edgehub.deadletter.DeadLetter;
import dev.edgehub.deadletter.DeadLetterListener;
import dev.edgehub.delivery.DeliveryListener;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageSource;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.QueueId;
import dev.edgehub.store.QueueStats;
import dev.edgehub.store.StoreListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds the meters. Any thread may call it; a call on a known client costs a map look-up and an
 * addition. Meters whose labels clients choose (ids, outputs) are capped: beyond {@value
 * #MAX_SERIES} series of one meter, further ones are not recorded.
 */
public final class HubMeters implements DeliveryListener, DeadLetterListener, StoreListener {

  private static final int MAX_SERIES = 1_000;

  private static final Logger log = LoggerFactory.getLogger(HubMeters.class);

  private final MeterRegistry registry;
  private final String deviceId;
  private final Map<MessageSource, SourceMeters> sources = new ConcurrentHashMap<>();
  private final Map<String, Counter> routes = new ConcurrentHashMap<>();
  private final Map<SentKey, SentMeters> sent = new ConcurrentHashMap<>();
  private final Timer commits;
  private final DistributionSummary commitEntries;
  private final QueueMeters queues;
  private final DeadLetterMeters deadLetters;

  private record SentKey(MessageSource source, SinkId sink, int priority) {}

  private record SourceMeters(Counter received, DistributionSummary size) {}

  private record SentMeters(Counter sent, Timer send, Timer process) {}

  /**
   * Meters in a registry.
   *
   * @param registry where they live; gets the labels common to all
   * @param iotHub the label of that name
   * @param deviceId the label {@code edge_device}
   * @param instance label {@code instance_number}: one run of the process
   */
  public HubMeters(MeterRegistry registry, String iotHub, String deviceId, String instance) {
    this.registry = registry;
    this.deviceId = deviceId;
    registry
        .config()
        .commonTags("iothub", iotHub, "edge_device", deviceId, "instance_number", instance)
        .meterFilter(new SeriesCap(MAX_SERIES));
    commits = timer(MeterName.COMMIT_DURATION, Tags.empty());
    commitEntries = summary(MeterName.COMMITS, Tags.empty());
    queues = new QueueMeters(registry);
    deadLetters = new DeadLetterMeters(registry);
  }

  /** A message was accepted. */
  public void received(Message message) {
    SourceMeters meters = sources.get(message.source());
    if (meters == null) {
      meters = sourceMeters(message.source());
    }
    meters.received.increment();
    meters.size.record(message.size());
  }

  private SourceMeters sourceMeters(MessageSource source) {
    String id = source.sender().id();
    SourceMeters meters =
        new SourceMeters(
            counter(
                MeterName.MESSAGES_RECEIVED,
                Tags.of("id", id, "route_output", output(source.output()))),
            summary(MeterName.MESSAGE_SIZE, Tags.of("id", id)));
    if (sources.size() < MAX_SERIES) {
      sources.put(source, meters);
    }
    return meters;
  }

  /** A route has put a message into its sink's queue. */
  public void routed(String route) {
    Counter counter = routes.get(route);
    if (counter == null) {
      counter =
          routes.computeIfAbsent(
              route, name -> counter(MeterName.ROUTE_MESSAGES, Tags.of("route", name)));
    }
    counter.increment();
  }

  /** No route took a message. */
  public void unrouted(MessageSource source) {
    dropped("no_route", source);
  }

  private void dropped(String reason, MessageSource source) {
    counter(
            MeterName.MESSAGES_DROPPED,
            Tags.of(
                "reason",
                reason,
                "from",
                source.sender().id(),
                "from_route_output",
                output(source.output())))
        .increment();
  }

  /** Messages could not be stored and were not acknowledged. */
  public void unacknowledged(String senderId, int messages) {
    counter(
            MeterName.MESSAGES_UNACK,
            Tags.of("reason", "storage_failure", "from", senderId, "from_route_output", ""))
        .increment(messages);
  }

  public void clientConnected(String id) {
    counter(MeterName.CLIENT_CONNECT_SUCCESS, Tags.of("id", id)).increment();
  }

  public void clientDisconnected(String id) {
    counter(MeterName.CLIENT_DISCONNECT, Tags.of("id", id)).increment();
  }

  /**
   * A connection was refused.
   *
   * @param reason one of few words; never anything the client sent
   */
  public void clientRefused(String reason) {
    counter(MeterName.CLIENT_CONNECT_FAILED, Tags.of("id", "", "reason", reason)).increment();
  }

  /**
   * The hub ends a connection that it had let in.
   *
   * @param reason one of few words; never anything the client sent
   */
  public void clientClosed(String reason) {
    counter(MeterName.CLIENT_CLOSED, Tags.of("reason", reason)).increment();
  }

  /** Shows how many clients are connected. */
  public void connectedClients(IntSupplier count) {
    Gauge.builder(MeterName.CONNECTED_CLIENTS.meter(), count, IntSupplier::getAsInt)
        .description(MeterName.CONNECTED_CLIENTS.sentence())
        .strongReference(true)
        .register(registry);
  }

  /** Upstream went away. */
  public void upstreamLost() {
    counter(MeterName.OFFLINE_COUNT, Tags.of("id", deviceId)).increment();
  }

  /**
   * Upstream is back.
   *
   * @param millis how long it was away
   */
  public void upstreamBack(long millis) {
    timer(MeterName.OFFLINE_DURATION, Tags.of("id", deviceId))
        .record(millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Takes over the queues' present figures; called before each look at the registry.
   *
   * @param nowMillis wall time (ms since the epoch)
   */
  public void queues(List<QueueStats> figures, long nowMillis) {
    queues.hold(figures, nowMillis);
    deadLetters.hold(figures);
  }

  @Override
  public void delivered(
      SinkId sink, int priority, Message message, long queuedMillis, long sendNanos) {
    SentKey key = new SentKey(message.source(), sink, priority);
    SentMeters meters = sent.get(key);
    if (meters == null) {
      meters = sentMeters(key);
    }
    meters.sent.increment();
    meters.send.record(sendNanos, TimeUnit.NANOSECONDS);
    meters.process.record(queuedMillis, TimeUnit.MILLISECONDS);
  }

  private SentMeters sentMeters(SentKey key) {
    String from = key.source.sender().id();
    String output = output(key.source.output());
    String to = key.sink.name();
    String input = "";
    if (key.sink instanceof SinkId.ModuleInput module) {
      to = deviceId + "/" + module.moduleId();
      input = module.input();
    }
    Tags way =
        Tags.of("from", from, "to", to, "from_route_output", output, "to_route_input", input);
    String priority = Integer.toString(key.priority);
    SentMeters meters =
        new SentMeters(
            counter(MeterName.MESSAGES_SENT, way.and("priority", priority)),
            timer(MeterName.MESSAGE_SEND_DURATION, way),
            timer(
                MeterName.MESSAGE_PROCESS_DURATION,
                Tags.of("from", from, "to", to, "priority", priority)));
    if (sent.size() < MAX_SERIES) {
      sent.put(key, meters);
    }
    return meters;
  }

  @Override
  public void expired(SinkId sink, int priority, @Nullable Message message) {
    counter(MeterName.EXPIRED, Tags.of("endpoint", sink.name(), "priority", "" + priority))
        .increment();
    if (message != null) {
      dropped("ttl_expiry", message.source());
    }
  }

  @Override
  public void deadLettered(
      SinkId sink, int priority, @Nullable Message message, DeadLetter.Cause cause, String why) {
    deadLetters.buried(sink, cause);
    log.warn(
        "A message went to the dead letters of its sink sink={} cause={} from={} id={} why=\"{}\"",
        sink,
        cause,
        message == null ? "?" : message.source(),
        message == null ? "?" : message.id(),
        why);
  }

  @Override
  public void deadLettersEvicted(SinkId sink, long letters) {
    dropped("dead_letter_overflow", letters);
  }

  /** An operator has dropped messages that waited. */
  public void purged(long messages) {
    dropped("purged", messages);
  }

  /** An operator has dropped dead letters. */
  public void deadLettersDropped(long letters) {
    dropped("dead_letter_dropped", letters);
  }

  /** Nobody has looked at who sent them. */
  private void dropped(String reason, long messages) {
    counter(
            MeterName.MESSAGES_DROPPED,
            Tags.of("reason", reason, "from", "", "from_route_output", ""))
        .increment((double) messages);
  }

  @Override
  public void retried(SinkId sink, String why) {
    counter(MeterName.REDELIVERED, Tags.of("endpoint", sink.name())).increment();
  }

  @Override
  public void committed(int entries, long bytes, long commitNanos) {
    commits.record(commitNanos, TimeUnit.NANOSECONDS);
    commitEntries.record(entries);
  }

  @Override
  public void evicted(QueueId queue, long entries, long bytes) {
    counter(MeterName.EVICTED, QueueMeters.tags(queue)).increment((double) entries);
  }

  private static String output(@Nullable String output) {
    return output == null ? "" : output;
  }

  private Counter counter(MeterName name, Tags tags) {
    return Counter.builder(name.meter()).description(name.sentence()).tags(tags).register(registry);
  }

  private Timer timer(MeterName name, Tags tags) {
    return Timer.builder(name.meter()).description(name.sentence()).tags(tags).register(registry);
  }

  private DistributionSummary summary(MeterName name, Tags tags) {
    return DistributionSummary.builder(name.meter())
        .description(name.sentence())
        .baseUnit(name.unit())
        .tags(tags)
        .register(registry);
  }
}
