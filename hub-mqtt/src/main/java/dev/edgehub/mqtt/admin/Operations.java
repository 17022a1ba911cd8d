package dev.edgehub.mqtt.admin;

import dev.edgehub.deadletter.DeadLetters;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.Removal;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** What an operator may do to queues. */
public interface Operations {

  DeadLetters deadLetters();

  /** Operators' drops of dead letters, for the meters. */
  void deadLettersDropped(long letters);

  /**
   * Drops what waits for a sink.
   *
   * @param priority only this one; empty: all
   * @param done told once, on any thread; must hand real work elsewhere
   * @return false when there is no such queue; then {@code done} is not told
   */
  boolean purge(SinkId sink, OptionalInt priority, Consumer<Removal> done);
}
