package dev.edgehub.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.mqtt.testing.Seed;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole hub stands still (SIGSTOP) for a while under mixed load. Minutes are played by the
 * store's own tests, which own their clock.
 */
@Timeout(120)
final class PauseIT {

  @TempDir Path directory;

  @Test
  void nothingAcknowledgedIsLostAndOrderIsKept() throws Exception {
    Random random = Seed.random("PauseIT");
    try (HubProcess hub = new HubProcess(directory, directory.resolve("data"));
        MixedLoad load = new MixedLoad(hub, directory)) {
      hub.start();
      load.start();
      for (int pause = 0; pause < 3; pause++) {
        load.receiversComeAndGo(random);
        load.awaitMore();
        hub.signal("STOP");
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500 + random.nextInt(2_000)));
        hub.signal("CONT");
      }
      System.out.println("PauseIT: " + load.settle());
      assertEquals("ok", hub.health().path("status").asText());
    }
  }
}
