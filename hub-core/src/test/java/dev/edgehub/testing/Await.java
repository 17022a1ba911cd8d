package dev.edgehub.testing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Waits for a state of other threads, with a deadline. */
public final class Await {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Await() {}

  public static void until(String what, BooleanSupplier state) {
    long start = System.nanoTime();
    while (!state.getAsBoolean()) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new AssertionError("waited " + LIMIT + " in vain: " + what);
      }
      LockSupport.parkNanos(200_000);
    }
  }

  /** What a call tells its callback. */
  public static <T> T outcome(Consumer<Consumer<T>> call) {
    CompletableFuture<T> told = new CompletableFuture<>();
    call.accept(told::complete);
    try {
      return told.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("waited in vain for an outcome", e);
    }
  }
}
