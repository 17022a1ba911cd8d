package dev.edgehub.faults;

import dev.edgehub.mqtt.testing.Seed;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole hub is killed (SIGKILL) at random moments under mixed load: several sinks, two
 * priorities each, receivers that come and go. {@code -Pcrash} goes on for 200 cycles.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class KillIT {

  private static final int CYCLES = Integer.getInteger("hub.crash.cycles", 20);

  @TempDir Path directory;

  @Test
  void nothingAcknowledgedIsLostAndOrderIsKept() throws Exception {
    Random random = Seed.random("KillIT");
    try (HubProcess hub = new HubProcess(directory, directory.resolve("data"));
        MixedLoad load = new MixedLoad(hub, directory)) {
      hub.start();
      load.start();
      for (int cycle = 0; cycle < CYCLES; cycle++) {
        load.receiversComeAndGo(random);
        load.awaitMore();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(400)));
        hub.kill();
        hub.start();
      }
      System.out.println("KillIT: " + CYCLES + " kills: " + load.settle());
    }
  }
}
