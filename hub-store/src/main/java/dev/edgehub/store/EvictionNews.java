package dev.edgehub.store;

import java.util.LinkedHashMap;
import java.util.Map;

/** Tells the listener what had to go: once per incident, and per queue once it is written. */
final class EvictionNews {

  private final Callbacks callbacks;
  private final Map<QueueState, Tally> unwritten = new LinkedHashMap<>();
  private boolean on;
  private long entries;
  private long bytes;

  private static final class Tally {
    long entries;
    long bytes;
  }

  EvictionNews(Callbacks callbacks) {
    this.callbacks = callbacks;
  }

  /** Begins an incident, unless one is on. */
  void begin(String why) {
    if (!on) {
      on = true;
      entries = 0;
      bytes = 0;
      callbacks.tell(listener -> listener.evicting(why));
    }
  }

  boolean isOn() {
    return on;
  }

  void end() {
    on = false;
    long goneEntries = entries;
    long goneBytes = bytes;
    callbacks.tell(listener -> listener.evictionEnded(goneEntries, goneBytes));
  }

  /** Entries have left a queue, but the disk does not know yet. */
  void evicted(QueueState queue, long goneEntries, long goneBytes) {
    Tally tally = unwritten.computeIfAbsent(queue, any -> new Tally());
    tally.entries += goneEntries;
    tally.bytes += goneBytes;
    entries += goneEntries;
    bytes += goneBytes;
  }

  /** The disk knows. */
  void written() {
    unwritten.forEach(
        (queue, tally) ->
            callbacks.tell(listener -> listener.evicted(queue.id(), tally.entries, tally.bytes)));
    unwritten.clear();
  }
}
