package dev.edgehub.mqtt.testing;

import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.DocumentStore;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Documents in a map, durable at once and on the caller's thread. Used by one thread. */
public final class MemoryDocuments implements DocumentStore {

  private final Map<String, Map<String, byte[]>> collections = new HashMap<>();

  @Override
  public void put(String collection, String key, byte[] value, Consumer<AppendOutcome> done) {
    collections.computeIfAbsent(collection, name -> new TreeMap<>()).put(key, value);
    done.accept(AppendOutcome.DURABLE);
  }

  @Override
  public void remove(String collection, String key, Consumer<AppendOutcome> done) {
    collections.getOrDefault(collection, new TreeMap<>()).remove(key);
    done.accept(AppendOutcome.DURABLE);
  }

  @Override
  public byte @Nullable [] get(String collection, String key) {
    return all(collection).get(key);
  }

  @Override
  public Map<String, byte[]> all(String collection) {
    return Map.copyOf(collections.getOrDefault(collection, Map.of()));
  }
}
