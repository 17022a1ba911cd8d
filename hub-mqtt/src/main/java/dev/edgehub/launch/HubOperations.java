package dev.edgehub.launch;

import dev.edgehub.deadletter.DeadLetters;
import dev.edgehub.hub.EdgeHub;
import dev.edgehub.message.SinkId;
import dev.edgehub.mqtt.admin.Operations;
import dev.edgehub.store.Removal;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Hands what an operator asks for to the hub. */
record HubOperations(EdgeHub hub) implements Operations {

  @Override
  public DeadLetters deadLetters() {
    return hub.deadLetters();
  }

  @Override
  public void deadLettersDropped(long letters) {
    hub.meters().deadLettersDropped(letters);
  }

  @Override
  public boolean purge(SinkId sink, OptionalInt priority, Consumer<Removal> done) {
    return hub.purge(sink, priority, done);
  }
}
