package dev.edgehub.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.mqtt.testing.Seed;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One sync of the hub's fails: the hub ends, and the next start has everything. */
@Timeout(120)
final class HubFailingSyncIT {

  @TempDir Path directory;

  @Test
  void endsWithItsOwnFaultAndLosesNothing() throws Exception {
    Random random = Seed.random("HubFailingSyncIT");
    Path data = directory.resolve("data");
    Path failing = CSource.failing(directory);
    try (HubProcess hub = new HubProcess(directory, data);
        MixedLoad load = new MixedLoad(hub, directory)) {
      load.start();
      for (String errno : new String[] {"5", "28"}) { // EIO, ENOSPC
        hub.start(
            Map.of(
                "LD_PRELOAD",
                failing.toString(),
                "FAULT_DIR",
                data.toString(),
                "FAULT_AT",
                "" + (20 + random.nextInt(200)),
                "FAULT_ERRNO",
                errno,
                "FAULT_ONCE",
                "1",
                "FAULT_CALLS",
                "fdatasync",
                "FAULT_LOG",
                directory.resolve("log").toString()));
        Set<String> before = tables(data);
        assertEquals(3, hub.exitStatus(20));
        // RocksDB must not go on by itself with what is in memory: that is not what is in the log
        assertEquals(before, tables(data));
      }
      hub.start();
      System.out.println("HubFailingSyncIT: " + load.settle());
    }
  }

  private static Set<String> tables(Path data) {
    String[] names = data.resolve("db").toFile().list((directory, name) -> name.endsWith(".sst"));
    return Set.of(Objects.requireNonNull(names));
  }
}
