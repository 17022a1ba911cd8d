package dev.edgehub.mqtt.server;

/**
 * Keeps file descriptors for the store, whose loss would stop the hub. Clients get what is left.
 * They are counted by the system only when as many connections have come since the last count as
 * would use up what was free then. Any thread.
 */
final class DescriptorReserve {

  private static final long RESERVE = 128;

  /** So many must be free beyond the reserve before connections are taken again. */
  private static final long HEADROOM = 32;

  private final Descriptors descriptors;
  private long limit = -1;
  private long estimate;

  DescriptorReserve(Descriptors descriptors) {
    this.descriptors = descriptors;
  }

  /** A connection was taken. */
  synchronized void taken() {
    estimate++;
  }

  /** Whether no more connections should be taken now. */
  synchronized boolean isTouched() {
    if (limit < 0) {
      long most = descriptors.most();
      limit = most - Math.min(RESERVE, most / 4);
      estimate = limit;
    }
    if (estimate < limit) {
      return false;
    }
    estimate = descriptors.open();
    if (estimate > limit - HEADROOM) {
      estimate = limit; // count again when asked again
      return true;
    }
    return false;
  }
}
