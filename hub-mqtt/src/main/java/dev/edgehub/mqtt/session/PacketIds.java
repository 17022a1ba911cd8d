package dev.edgehub.mqtt.session;

import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Packet ids in use towards one client, each with what it stands for (MQTT 3.1.1, 2.3.1). Belongs
 * to the channel's event loop.
 */
final class PacketIds<T> {

  private static final int LAST = 65_535;

  private final IntObjectMap<T> inUse = new IntObjectHashMap<>();
  private int latest;

  /** A free id, from 1 to 65535; not to be called when 65,535 are in use. */
  int take(T what) {
    do {
      latest = latest == LAST ? 1 : latest + 1;
    } while (inUse.containsKey(latest));
    inUse.put(latest, what);
    return latest;
  }

  /** What the id stood for; null when it is not in use, as after a late acknowledgement. */
  @Nullable T release(int id) {
    return inUse.remove(id);
  }

  int size() {
    return inUse.size();
  }

  Collection<T> all() {
    return inUse.values();
  }
}
