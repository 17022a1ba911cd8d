package dev.edgehub.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.edgehub.config.ConfigResult;
import dev.edgehub.config.HubConfigReader;
import dev.edgehub.message.Message;
import dev.edgehub.message.SinkId;
import dev.edgehub.metrics.HubMeters;
import dev.edgehub.store.QueueStats;
import dev.edgehub.store.Store;
import dev.edgehub.store.StoreOptions;
import dev.edgehub.store.WhenFull;
import dev.edgehub.testing.Await;
import dev.edgehub.testing.MessageFixtures;
import dev.edgehub.thread.HubThreads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A hub over a real store, with the verbs that tests use. */
final class OpenHub implements AutoCloseable {

  final EdgeHub hub;
  final StoreWatch watch;
  private final Store store;
  private final HubThreads threads = new HubThreads();
  private boolean storeClosed;

  OpenHub(Path directory) {
    this(directory, 0);
  }

  OpenHub(Path directory, long maxBytes) {
    this(directory, maxBytes, WhenFull.REJECT);
  }

  OpenHub(Path directory, long maxBytes, WhenFull whenFull) {
    ConfigResult read = HubConfigReader.read(null, Map.of(), List.of());
    HubMeters meters = new HubMeters(new SimpleMeterRegistry(), "hub", "edge", "1");
    StoreOptions defaults = StoreOptions.defaults();
    watch = new StoreWatch(meters, () -> {});
    store =
        Store.open(
            directory.resolve("store"),
            new StoreOptions(
                defaults.durability(),
                maxBytes,
                0,
                defaults.tailBytes(),
                defaults.clock(),
                whenFull),
            watch);
    hub =
        new EdgeHub(
            assertInstanceOf(ConfigResult.Valid.class, read).config(),
            store,
            watch,
            meters,
            threads,
            InstantSource.system(),
            new Random(1));
  }

  /** A manifest with these routes, each {@code name=text}. */
  static byte[] manifest(String... routes) {
    StringBuilder json = new StringBuilder();
    for (String route : routes) {
      int equals = route.indexOf('=');
      json.append(json.isEmpty() ? "" : ",")
          .append('"')
          .append(route, 0, equals)
          .append("\":\"")
          .append(route.substring(equals + 1).replace("\"", "\\\""))
          .append('"');
    }
    return ("{\"modulesContent\":{\"$edgeHub\":{\"properties.desired\":{\"schemaVersion\":\"1.1\","
            + "\"routes\":{"
            + json
            + "},\"storeAndForwardConfiguration\":{\"timeToLiveSecs\":7200}}}}}")
        .getBytes(StandardCharsets.UTF_8);
  }

  ApplyResult apply(String... routes) {
    return hub.apply(manifest(routes));
  }

  PublishOutcome publish(String... bodies) {
    PublishBatch batch = hub.newBatch();
    for (String body : bodies) {
      Message message = MessageFixtures.message(body);
      batch.add(message);
    }
    return Await.outcome(done -> hub.publish(batch, done));
  }

  /** The figures of the one queue of that sink. */
  QueueStats stats(SinkId sink) {
    List<QueueStats> stats =
        hub.queues().stream()
            .map(QueueReport::stats)
            .filter(queue -> queue.queue().sink().equals(sink.name()))
            .toList();
    assertEquals(1, stats.size(), stats.toString());
    return stats.get(0);
  }

  void closeStore() {
    if (!storeClosed) {
      storeClosed = true;
      store.close();
    }
  }

  @Override
  public void close() {
    hub.close();
    threads.close();
    closeStore();
  }
}
