package dev.edgehub.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * A dead letter in its place.
 *
 * @param id its number in the dead letters of its sink; never given twice
 * @param bytes its size in the store
 * @param letter null when it cannot be read
 * @param trouble why it cannot be read; empty when it can
 */
public record FiledLetter(long id, int bytes, @Nullable DeadLetter letter, String trouble) {}
