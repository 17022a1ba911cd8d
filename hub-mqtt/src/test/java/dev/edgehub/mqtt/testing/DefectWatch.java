package dev.edgehub.mqtt.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Fails a test during which the hub or Netty logged an error: an exception that got away. */
public final class DefectWatch implements BeforeEachCallback, AfterEachCallback {

  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final Appender appender = new Appender();

  @Override
  public void beforeEach(ExtensionContext context) {
    errors.clear();
    appender.start();
    root().addAppender(appender);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    root().detachAppender(appender);
    appender.stop();
    if (!errors.isEmpty()) {
      throw new AssertionError("errors were logged: " + errors);
    }
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private final class Appender extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      boolean pipelineTail = event.getFormattedMessage().contains("exceptionCaught()");
      if (event.getLevel().isGreaterOrEqual(Level.ERROR) || pipelineTail) {
        Throwable thrown = null;
        if (event.getThrowableProxy() instanceof ch.qos.logback.classic.spi.ThrowableProxy proxy) {
          thrown = proxy.getThrowable();
        }
        errors.add(
            event.getFormattedMessage()
                + (thrown == null ? "" : " " + thrown + " at " + thrown.getStackTrace()[0]));
      }
    }
  }
}
