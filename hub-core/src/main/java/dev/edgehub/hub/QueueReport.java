package dev.edgehub.hub;

import dev.edgehub.delivery.SinkStatus;
import dev.edgehub.store.QueueStats;

/**
 * One queue: its figures and how its sink is doing.
 *
 * @param detachedMillis wall time since which no route names the sink (ms since the epoch), or 0
 */
public record QueueReport(QueueStats stats, SinkStatus sink, long detachedMillis) {}
