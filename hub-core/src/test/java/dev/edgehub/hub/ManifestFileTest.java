package dev.edgehub.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.testing.ManualClock;
import dev.edgehub.testing.ManualTimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFileTest {

  private static final String UP = "up=FROM /* INTO $upstream";
  private static final String TWO = "two=FROM /messages INTO $upstream";
  private static final String BAD = "bad=FROM /* TO $upstream";

  private final ManualTimer timer = new ManualTimer(new ManualClock());

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("manifest.json");
  }

  private void write(String... routes) throws IOException {
    Files.write(file(), OpenHub.manifest(routes));
  }

  private ManifestFile watched(OpenHub open) {
    return new ManifestFile(file(), open.hub, timer, Runnable::run);
  }

  private static List<String> routes(OpenHub open) {
    return open.hub.routes().targets().stream().map(target -> target.route()).toList();
  }

  @Test
  void appliesTheFileAtStart() throws IOException {
    write(UP);
    try (OpenHub open = new OpenHub(directory);
        ManifestFile manifest = watched(open)) {
      ApplyResult result = manifest.start();

      assertTrue(result.applied());
      assertEquals(List.of("up"), routes(open));
    }
  }

  @Test
  void picksUpAChangeWithinASecond() throws IOException {
    write(UP);
    try (OpenHub open = new OpenHub(directory);
        ManifestFile manifest = watched(open)) {
      manifest.start();

      write(TWO);
      timer.pass(1_000);
      List<String> first = routes(open);
      write(UP, TWO);
      timer.pass(1_000);

      assertEquals(List.of("two"), first);
      assertEquals(List.of("two", "up"), routes(open));
    }
  }

  @Test
  void keepsTheOldRoutesWhileTheFileIsWrong() throws IOException {
    write(UP);
    try (OpenHub open = new OpenHub(directory);
        ManifestFile manifest = watched(open)) {
      manifest.start();

      write(BAD);
      timer.pass(3_000);
      List<String> whileWrong = routes(open);
      HubHealth.Status health = open.hub.health().status();
      write(TWO);
      timer.pass(1_000);

      assertEquals(List.of("up"), whileWrong);
      assertEquals(HubHealth.Status.DEGRADED, health);
      assertEquals(List.of("two"), routes(open));
      assertEquals(HubHealth.Status.OK, open.hub.health().status());
    }
  }

  @Test
  void keepsTheRoutesWhenTheFileGoesAway() throws IOException {
    write(UP);
    try (OpenHub open = new OpenHub(directory);
        ManifestFile manifest = watched(open)) {
      manifest.start();

      Files.delete(file());
      timer.pass(3_000);
      List<String> meanwhile = routes(open);
      write(TWO);
      timer.pass(1_000);

      assertEquals(List.of("up"), meanwhile);
      assertEquals(List.of("two"), routes(open));
    }
  }

  @Test
  void startsWithTheLastGoodManifestWhenTheFileIsWrong() throws IOException {
    write(UP);
    try (OpenHub open = new OpenHub(directory);
        ManifestFile manifest = watched(open)) {
      manifest.start();
    }
    write(BAD);

    try (OpenHub open = new OpenHub(directory);
        ManifestFile manifest = watched(open)) {
      ApplyResult result = manifest.start();

      assertTrue(result.applied());
      assertEquals(1, result.routes());
      assertEquals(List.of("up"), routes(open));
      assertEquals(HubHealth.Status.DEGRADED, open.hub.health().status());
    }
  }

  @Test
  void startsWithTheLastGoodManifestWhenTheFileIsMissing() throws IOException {
    write(UP);
    try (OpenHub open = new OpenHub(directory);
        ManifestFile manifest = watched(open)) {
      manifest.start();
    }
    Files.delete(file());

    try (OpenHub open = new OpenHub(directory);
        ManifestFile manifest = watched(open)) {
      ApplyResult result = manifest.start();

      assertTrue(result.applied());
      assertEquals(List.of("up"), routes(open));
      assertEquals(HubHealth.Status.DEGRADED, open.hub.health().status());
    }
  }

  @Test
  void saysWhatIsWrongWhenThereNeverWasAGoodManifest() throws IOException {
    write(BAD);
    try (OpenHub open = new OpenHub(directory);
        ManifestFile manifest = watched(open)) {
      ApplyResult result = manifest.start();

      assertFalse(result.applied());
      assertTrue(result.issues().get(0).contains("bad"), result.issues().toString());
    }
  }

  @Test
  void namesTheFileThatCannotBeRead() {
    try (OpenHub open = new OpenHub(directory);
        ManifestFile manifest = watched(open)) {
      ApplyResult result = manifest.start();

      assertFalse(result.applied());
      assertTrue(result.issues().get(0).contains("manifest.json"), result.issues().toString());
    }
  }

  @Test
  void looksNoMoreWhenItIsClosed() throws IOException {
    write(UP);
    try (OpenHub open = new OpenHub(directory)) {
      ManifestFile manifest = watched(open);
      manifest.start();

      manifest.close();
      write(TWO);
      timer.pass(5_000);

      assertEquals(List.of("up"), routes(open));
      assertEquals(0, timer.waiting());
    }
  }
}
