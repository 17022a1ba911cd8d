package dev.edgehub.launch.demo;

import java.time.Instant;

/**
 * The edge hub was killed.
 *
 * @param pid of the process that was killed
 * @param restartedAt when the next one was started on the same data
 */
record Kill(long pid, Instant startedAt, Instant killedAt, Instant restartedAt) {}
