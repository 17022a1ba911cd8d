package dev.edgehub.hostile;

import dev.edgehub.identity.Registry;
import dev.edgehub.mqtt.session.ClientFigures;
import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.Canary;
import dev.edgehub.mqtt.testing.DefectWatch;
import dev.edgehub.mqtt.testing.LeakWatch;
import dev.edgehub.mqtt.testing.LoopbackHub;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.WirePeer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub and a canary that it serves whatever the test's peers do. No exception may get away, no
 * buffer may leak.
 */
@Timeout(300)
@ExtendWith({LeakWatch.class, DefectWatch.class})
abstract class ServedAllThrough {

  static final String ID = "edge/m";
  static final String EVENTS = "devices/edge/modules/m/messages/events/";
  static final String INPUTS = "devices/edge/modules/sink/inputs/#";

  @TempDir Path directory;
  LoopbackHub hub;
  Canary canary;

  @BeforeEach
  void start() {
    hub =
        new LoopbackHub(
            directory,
            Manifests.of(Canary.ROUTE, Manifests.route("m", "sink", "in1")),
            identities(),
            settings());
    canary = new Canary(hub.port());
  }

  /** Who is registered with a credential; the others are believed. */
  Registry identities() {
    return Registry.EMPTY;
  }

  /** Settings of the hub, each {@code key=value}. */
  String[] settings() {
    return new String[0];
  }

  @AfterEach
  void theCanaryWasServedAllThrough() {
    try {
      canary.close();
    } finally {
      hub.close();
    }
  }

  /** Sends on a connection of its own and breaks off without a look at the answer. */
  final void throwAt(byte[]... packets) {
    try (WirePeer peer = new WirePeer(hub.port())) {
      peer.send(packets);
    } catch (UncheckedIOException e) {
      // the hub was quicker to close
    }
  }

  /** Whether the hub ends a connection on which these are sent. */
  final boolean isRefused(byte[]... packets) {
    try (WirePeer peer = new WirePeer(hub.port())) {
      try {
        peer.send(packets);
      } catch (UncheckedIOException e) {
        return true; // the hub was quicker to close
      }
      return peer.isClosedByHub();
    }
  }

  final List<ClientFigures> clients() {
    return hub.services().directory().clients();
  }

  /** Waits until nobody but the canary and its cage is connected, or about to be. */
  final void awaitNobodyElse() {
    // taken in order: once this one is answered, whoever came before is counted
    try (WirePeer last = new WirePeer(hub.port())) {
      last.send(Packets.connect("edge/last", true, 0));
      last.receiveOrEnd();
    }
    Await.until(
        () -> "two clients, found " + clients() + " and " + hub.admission().open() + " open",
        () -> hub.services().directory().size() == 2 && hub.admission().open() == 2);
  }
}
