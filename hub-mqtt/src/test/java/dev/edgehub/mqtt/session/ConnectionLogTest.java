package dev.edgehub.mqtt.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Warnings that peers can cause any number of. */
final class ConnectionLogTest {

  private final List<String> lines = new ArrayList<>();
  private final List<Runnable> timers = new ArrayList<>();
  private final ConnectionLog log =
      new ConnectionLog(
          (delay, task) -> {
            timers.add(task);
            return () -> {};
          });
  private final Logger logger = (Logger) LoggerFactory.getLogger(ConnectionLog.class);
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };

  @BeforeEach
  void listen() {
    logger.setLevel(Level.WARN);
    appender.start();
    logger.addAppender(appender);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(appender);
    logger.setLevel(null);
  }

  @Test
  void aFloodIsAFewLinesAndACount() {
    for (int i = 0; i < 1_000; i++) {
      log.warn("closed", "closed {}", i);
    }
    List<String> during = List.copyOf(lines);
    timers.forEach(Runnable::run);

    assertEquals(List.of("closed 0", "closed 1", "closed 2", "closed 3", "closed 4"), during);
    assertEquals(
        "More connections were refused or closed for the same reason reason=closed more=995"
            + " seconds=10",
        lines.get(5));
    assertEquals(1, timers.size());
  }

  @Test
  void eachReasonAndEachTenSecondsAreCountedForThemselves() {
    log.warn("a", "first");
    log.warn("b", "second");
    timers.forEach(Runnable::run);
    log.warn("a", "third");

    assertEquals(List.of("first", "second", "third"), lines);
  }
}
