package dev.edgehub.faults;

import dev.edgehub.mqtt.testing.Seed;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The power of the whole hub goes, under the load of {@link KillIT}. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class HubPowerCutIT {

  private static final int CYCLES = Integer.getInteger("hub.power.cycles.hub", 2);

  @TempDir Path directory;

  @Test
  void nothingAcknowledgedIsLostAndOrderIsKept() throws Exception {
    Random random = Seed.random("HubPowerCutIT");
    try (LoopDisk disk = LoopDisk.create(directory);
        HubProcess hub =
            new HubProcess(directory, disk.root().resolve("data")).inside(disk::inside);
        MixedLoad load = new MixedLoad(hub, directory)) {
      hub.start();
      load.start();
      for (int cycle = 0; cycle < CYCLES; cycle++) {
        load.receiversComeAndGo(random);
        load.awaitMore();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(800)));
        load.dark(true);
        disk.cutPower();
        hub.kill();
        disk.powerUp();
        hub.start();
        load.dark(false);
      }
      System.out.println("HubPowerCutIT: " + CYCLES + " power cuts: " + load.settle());
    }
  }
}
