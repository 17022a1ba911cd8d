package dev.edgehub.mqtt.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class whose buffers were collected without having been released. Wants Netty's leak
 * detection at paranoid, as the build sets it.
 */
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {

  private final List<String> leaks = new CopyOnWriteArrayList<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    if (ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
    }
    ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + records));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    provokeReports();
    ByteBufUtil.setLeakListener(null);
    if (!leaks.isEmpty()) {
      throw new AssertionError(leaks.size() + " buffers leaked, the first: " + leaks.get(0));
    }
  }

  /** Leaks are reported when a later buffer is allocated after a collection. */
  @SuppressWarnings("UnnecessarilyUsedValue")
  private static void provokeReports() {
    for (int i = 0; i < 3; i++) {
      System.gc();
      for (int j = 0; j < 100; j++) {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(16);
        buffer.release();
      }
    }
  }
}
