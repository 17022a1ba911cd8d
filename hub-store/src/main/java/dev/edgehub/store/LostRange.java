package dev.edgehub.store;

/** Entries of one queue that were acknowledged and can no longer be read. */
public record LostRange(QueueId queue, OffsetRange range) {

  @Override
  public String toString() {
    return queue.sink() + " priority " + queue.priority() + " offsets " + range;
  }
}
