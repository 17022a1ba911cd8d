package dev.edgehub.hub;

import dev.edgehub.delivery.SinkStatus;
import dev.edgehub.store.QueueStats;

/** One queue: its figures and how its sink is doing. */
public record QueueReport(QueueStats stats, SinkStatus sink) {}
