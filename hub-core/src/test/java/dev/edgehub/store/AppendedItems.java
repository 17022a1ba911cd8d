package dev.edgehub.store;

import java.util.function.BiConsumer;

/** Shows to fakes of the store what a batch holds, which its users have no need to see. */
public final class AppendedItems {

  /** An entry that is to be appended. */
  public record Appended(long deadlineMillis, byte[] body) {}

  private AppendedItems() {}

  public static void each(AppendBatch batch, BiConsumer<QueueId, Appended> taker) {
    batch
        .items()
        .forEach(
            item -> taker.accept(item.queue(), new Appended(item.deadlineMillis(), item.body())));
  }
}
