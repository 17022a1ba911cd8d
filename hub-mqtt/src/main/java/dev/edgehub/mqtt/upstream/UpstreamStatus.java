package dev.edgehub.mqtt.upstream;

import org.jspecify.annotations.Nullable;

/**
 * How the link to upstream is, for people.
 *
 * @param state {@code off}, {@code connecting}, {@code connected} or {@code waiting}
 * @param sinceMillis wall time since when (ms since the epoch)
 * @param lastError the last failure in words, or null
 * @param nextAttemptMillis wall time of the next attempt (ms since the epoch), or 0
 */
public record UpstreamStatus(
    String state, long sinceMillis, @Nullable String lastError, long nextAttemptMillis) {}
