package dev.edgehub.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import dev.edgehub.message.Identity;
import dev.edgehub.testing.ManualClock;
import dev.edgehub.testing.ManualTimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry's file: changed whole or not at all, and followed by a running hub. */
final class RegistryFileTest {

  @TempDir Path directory;
  private final ManualTimer timer = new ManualTimer(new ManualClock());
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void aMissingFileIsAnEmptyRegistry() {
    try (RegistryFile registry = watched()) {
      assertEquals(0, registry.current().size());
      timer.pass(5_000);
      assertNull(registry.problem());
    }
  }

  @Test
  void aWrongFileAtTheStartIsTheOperatorsToMend() throws IOException {
    Files.writeString(file(), "{\"identities\": {\"a\": 1, \"b\": 2}}");

    HubException refused = assertThrows(HubException.class, () -> new RegistryFile(file()));

    assertEquals(ErrorCode.CONFIG_INVALID, refused.code());
    String message = "" + refused.getMessage();
    assertTrue(message.contains("identities/a") && message.contains("identities/b"), message);
  }

  @Test
  void followsTheFileWithinASecond() {
    try (RegistryFile registry = watched()) {
      add("a");
      timer.pass(1_000);
      assertEquals(1, registry.current().size());
      Registry before = registry.current();
      timer.pass(1_000);
      assertSame(before, registry.current(), "a file that did not change is not read anew");
      assertEquals(2, looks.get());
    }
  }

  @Test
  void whoIsAboutToBeRefusedSeesTheNewestFile() {
    try (RegistryFile registry = watched()) {
      add("a");
      assertEquals(0, registry.current().size());
      assertEquals(1, registry.lookAgain().size());
      assertEquals(1, registry.current().size());
    }
  }

  @Test
  void aFileThatTurnsBadLeavesTheLastGoodOneInForce() throws IOException {
    add("a");
    try (RegistryFile registry = watched()) {
      Files.writeString(file(), "{\"identities\": {\"a\": 1}}");
      timer.pass(1_000);

      assertEquals(1, registry.current().size());
      assertFalse(registry.isCurrent());
      assertTrue(("" + registry.problem()).contains("identities/a"), registry.problem());

      Files.delete(file());
      timer.pass(1_000);
      assertEquals(1, registry.current().size());
      assertFalse(registry.isCurrent());

      add("b");
      timer.pass(1_000);
      assertTrue(registry.isCurrent());
      assertNull(registry.problem());
    }
  }

  @Test
  void aFileThatComesBackUnchangedIsNoProblemAnyMore() throws IOException {
    add("a");
    byte[] good = Files.readAllBytes(file());
    try (RegistryFile registry = watched()) {
      Files.delete(file());
      timer.pass(1_000);
      assertFalse(registry.isCurrent());
      Files.write(file(), good);
      timer.pass(1_000);
      assertTrue(registry.isCurrent());
    }
  }

  @Test
  void onlyItsOwnerCanReadTheFile() throws IOException {
    add("a");

    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
  }

  @Test
  void aChangeThatFailsLeavesTheFileAlone() throws IOException {
    add("a");
    byte[] before = Files.readAllBytes(file());

    assertThrows(
        IllegalStateException.class,
        () ->
            new RegistryEditor(file())
                .change(
                    registry -> {
                      throw new IllegalStateException("no");
                    }));

    assertEquals(List.of(before.length), List.of((int) Files.size(file())));
  }

  @Test
  void aKillInTheMiddleOfAChangeLeavesTheOldRegistry() throws IOException {
    add("a");
    Files.writeString(directory.resolve("identities.json.new"), "{\"identi");

    assertEquals(1, new RegistryEditor(file()).read().size());
    add("b");
    assertEquals(2, new RegistryEditor(file()).read().size());
  }

  @Test
  void aLinkedFileIsChangedWhereItIs() throws IOException {
    Path real = directory.resolve("real.json");
    Files.writeString(real, "{\"identities\": {}}");
    Files.createSymbolicLink(file(), real);

    add("a");

    assertTrue(Files.isSymbolicLink(file()));
    assertEquals(1, new RegistryEditor(real).read().size());
  }

  @Test
  void twoWritersLoseNothing() throws InterruptedException {
    List<Thread> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      String name = "w" + writer + "-";
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 10; i++) {
                  add(name + i);
                }
              });
      writers.add(thread);
      thread.start();
    }
    for (Thread writer : writers) {
      writer.join();
    }

    assertEquals(40, new RegistryEditor(file()).read().size());
  }

  @Test
  void removingADeviceRemovesItsModules() {
    add("d");
    add("d/m");
    add("dd");

    Registry after = new RegistryEditor(file()).change(r -> r.without(new Identity.Device("d")));

    assertEquals("Registry[dd]", after.toString());
  }

  private void add(String id) {
    new RegistryEditor(file())
        .change(
            registry ->
                registry.with(
                    new RegisteredIdentity(
                        Identity.parse(id).orElseThrow(), true, new Credential.None())));
  }

  private RegistryFile watched() {
    RegistryFile registry = new RegistryFile(file());
    registry.watch(timer, Runnable::run, looks::incrementAndGet);
    return registry;
  }

  private Path file() {
    return directory.resolve("identities.json");
  }
}
