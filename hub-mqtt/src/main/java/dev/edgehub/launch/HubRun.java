package dev.edgehub.launch;

import dev.edgehub.config.HubConfig;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** One hub in this process, from its start to its stop. */
final class HubRun {

  private HubRun() {}

  /** Runs a hub until a signal or its own fault stops it; the process's exit status. */
  static int untilStopped(HubConfig config) throws InterruptedException {
    BlockingQueue<Integer> exit = new LinkedBlockingQueue<>();
    CountDownLatch stopped = new CountDownLatch(1);
    HubAssembly hub = HubAssembly.start(config, () -> exit.add(ExitCode.FAULT));
    Thread onSignal =
        new Thread(
            () -> {
              exit.add(ExitCode.DONE);
              awaitQuietly(stopped);
            },
            "hub-signal");
    Runtime.getRuntime().addShutdownHook(onSignal);
    System.err.println(hub.readyLine());
    int code = exit.take();
    try {
      hub.close();
    } finally {
      stopped.countDown();
    }
    return code;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
