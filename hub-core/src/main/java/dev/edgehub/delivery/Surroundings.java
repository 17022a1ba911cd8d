package dev.edgehub.delivery;

import dev.edgehub.deadletter.DeadLetters;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.QueueStore;

/**
 * What all lanes of a pump share.
 *
 * @param wake makes the pump take a turn; any thread
 */
record Surroundings(
    SinkId sink,
    QueueStore store,
    DeadLetters deadLetters,
    DeliveryListener listener,
    Runnable wake) {}
