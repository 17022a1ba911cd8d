package dev.edgehub.launch;

import dev.edgehub.config.HubConfig;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code edge-hub run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the hub until it is stopped (SIGTERM or Ctrl-C).")
final class RunCommand implements Callable<Integer> {

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws InterruptedException {
    HubConfig config = options.read();
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
