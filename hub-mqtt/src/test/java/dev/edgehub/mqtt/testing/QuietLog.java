package dev.edgehub.mqtt.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A log that writes nothing and keeps the first error, for a process that sends millions of bad
 * packets: an error is a defect of the hub or an exception that nobody took.
 */
public final class QuietLog extends AppenderBase<ILoggingEvent> {

  private volatile @Nullable AssertionError error;

  /** Takes over this process's log. */
  public static QuietLog install() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    QuietLog quiet = new QuietLog();
    quiet.setContext(context);
    quiet.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.ERROR);
    // what reaches the end of a pipeline is logged as a warning
    context.getLogger("io.netty.channel").setLevel(Level.WARN);
    root.addAppender(quiet);
    return quiet;
  }

  @Override
  protected void append(ILoggingEvent event) {
    Throwable thrown =
        event.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null;
    error = new AssertionError("logged: " + event.getFormattedMessage(), thrown);
  }

  /** Fails when an error has been logged. */
  public void requireNone() {
    AssertionError found = error;
    if (found != null) {
      error = null;
      throw found;
    }
  }
}
