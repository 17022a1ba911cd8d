package dev.edgehub.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.StockClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file system that may only be read, as the kernel makes one after errors of the device. */
@Timeout(120)
final class ReadOnlyIT {

  @TempDir Path directory;

  @Test
  void endsWithAMessageAndStartsAgainOnceTheFileSystemCanBeWritten() throws Exception {
    Files.writeString(
        directory.resolve("manifest.json"), Manifests.of("FROM /messages/* INTO $upstream"));
    try (LoopDisk disk = LoopDisk.create(directory);
        HubProcess hub =
            new HubProcess(directory, disk.root().resolve("data")).inside(disk::inside)) {
      hub.start();
      try (StockClient sensor = StockClient.Maker.HIVEMQ.connect(hub.port(), "edge/sensor")) {
        sensor.publish("devices/edge/modules/sensor/messages/events/", "reading");
      }
      hub.kill();
      disk.remount("ro");

      hub.launch();

      assertEquals(3, hub.exitStatus(30), hub::log);
      assertTrue(hub.log().contains("Read-only file system"), hub.log());
      assertTrue(hub.log().contains("cannot use " + disk.root()), hub.log());
      disk.remount("rw");
      hub.start();
      assertEquals(1, hub.queues().path(0).path("depth").asLong());
      hub.kill();
    }
  }
}
