package dev.edgehub.deadletter;

import dev.edgehub.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the store's writer, but not for ever: it may be waiting for space. */
final class Answers {

  private static final int SECONDS = 8;

  private Answers() {}

  static <T> T of(CompletableFuture<T> told) {
    try {
      return told.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw unanswered("the store has not answered within " + SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw unanswered("the store's answer was lost", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unanswered("interrupted while waiting for the store", e);
    }
  }

  private static StoreException unanswered(String why, Exception cause) {
    return new StoreException(StoreException.Kind.IO, why, cause);
  }
}
