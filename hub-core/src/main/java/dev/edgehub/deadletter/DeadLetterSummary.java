package dev.edgehub.deadletter;

import dev.edgehub.message.SinkId;
import dev.edgehub.store.QueueStats;

/** The dead letters of one sink, in figures. */
public record DeadLetterSummary(SinkId sink, QueueStats stats) {}
