package dev.edgehub.mqtt.session;

import dev.edgehub.thread.Timer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warnings of which peers can cause any number. Of each reason the first few within ten seconds are
 * written in full, the others are counted in one line at their end. Any thread.
 */
public final class ConnectionLog {

  private static final Logger log = LoggerFactory.getLogger(ConnectionLog.class);

  private static final int LINES = 5;
  private static final long WINDOW_MILLIS = 10_000;

  private final Timer timer;
  private final Map<String, Integer> seen = new HashMap<>();

  public ConnectionLog(Timer timer) {
    this.timer = timer;
  }

  /**
   * Warns, or counts.
   *
   * @param reason one of few words; never anything a peer sent
   * @param format of slf4j
   */
  public void warn(String reason, String format, @Nullable Object... arguments) {
    int count;
    // an entry and its timer belong together
    synchronized (seen) {
      count = seen.merge(reason, 1, Integer::sum);
    }
    if (count == 1) {
      timer.after(WINDOW_MILLIS, () -> end(reason));
    }
    if (count <= LINES) {
      log.warn(format, arguments);
    }
  }

  private void end(String reason) {
    int count;
    synchronized (seen) {
      Integer all = seen.remove(reason);
      count = all == null ? 0 : all;
    }
    if (count > LINES) {
      log.warn(
          "More connections were refused or closed for the same reason reason={} more={}"
              + " seconds={}",
          reason,
          count - LINES,
          WINDOW_MILLIS / 1_000);
    }
  }
}
