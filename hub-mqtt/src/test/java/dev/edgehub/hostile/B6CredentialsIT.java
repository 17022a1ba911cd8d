package dev.edgehub.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.identity.Credential;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.Registry;
import dev.edgehub.identity.SasKey;
import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.testing.Await;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.SasTokens;
import dev.edgehub.mqtt.testing.WirePeer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** B6: whoever has no good token gets neither the connection of an identity nor its session. */
final class B6CredentialsIT extends ServedAllThrough {

  private static final String SINK = "edge/sink";

  private final SasKey key = SasKey.generate(new Random(1));
  private final SasKey otherKey = SasKey.generate(new Random(2));
  private final Instant later = Instant.now().plusSeconds(3_600);
  private final String good = token("sink", key, later);

  @Override
  Registry identities() {
    return Registry.of(List.of(registered(SINK, key), registered("edge/other", otherKey)));
  }

  @Test
  void b6AWrongTokenTakesNoConnectionOver() {
    try (WirePeer owner = comingIn("20 0000")) {
      owner.subscribe(INPUTS, 1);

      requireThievesAreRefused();

      canary.requireServed();
      try (WirePeer m = WirePeer.connected(hub.port(), ID)) {
        m.publish(EVENTS, 1, "for its owner");
        assertEquals(List.of("for its owner"), owner.take(1));
      }
    }
    awaitNobodyElse();
  }

  @Test
  void b6AWrongTokenNeitherResumesNorEndsASession() {
    try (WirePeer owner = comingIn("20 0000")) {
      owner.subscribe(INPUTS, 1);
    }
    awaitNobodyElse();
    try (WirePeer m = WirePeer.connected(hub.port(), ID)) {
      m.publish(EVENTS, 1, "kept for its owner");
    }
    awaitNobodyElse();

    requireThievesAreRefused();

    canary.requireServed();
    try (WirePeer owner = comingIn("20 0100")) {
      assertEquals(List.of("kept for its owner"), owner.take(1));
    }
    awaitNobodyElse();
  }

  private WirePeer comingIn(String answer) {
    WirePeer owner = new WirePeer(hub.port());
    owner.send(Packets.connect(4, SINK, false, good));
    assertEquals(answer, owner.receive().toString());
    return owner;
  }

  /** Each in both versions, and with and without the session. */
  private void requireThievesAreRefused() {
    int present = hub.services().directory().size();
    wrongTokens()
        .forEach(
            (what, token) -> {
              for (boolean clean : new boolean[] {false, true}) {
                assertEquals(5, code(Packets.connect(4, SINK, clean, token)), what);
                assertEquals(0x87, code(Packets.connect(5, SINK, clean, token)), what);
              }
            });
    assertEquals(5, code(Packets.connect(SINK, false, 0)), "without a password");
    Await.until("the thieves gone", () -> hub.services().directory().size() == present);
  }

  private Map<String, String> wrongTokens() {
    Map<String, String> tokens = new LinkedHashMap<>();
    tokens.put("empty", "");
    tokens.put("no token", "secret");
    tokens.put("another key", token("sink", otherKey, later));
    tokens.put("another's token", token("other", otherKey, later));
    tokens.put("ended", token("sink", key, Instant.now().minusSeconds(3_600)));
    tokens.put("a later end", good.replaceFirst("se=[0-9]+", "se=" + (later.getEpochSecond() + 1)));
    tokens.put("another resource", good.replace("%2Fmodules%2Fsink", ""));
    tokens.put("of a policy", good + "&skn=iothubowner");
    return tokens;
  }

  private int code(byte[] connect) {
    try (WirePeer peer = new WirePeer(hub.port())) {
      peer.send(connect);
      WirePeer.Received answer = peer.receive();
      assertEquals(0x20, answer.first());
      assertEquals(0, answer.body()[0], "no session");
      return answer.body()[1] & 0xff;
    }
  }

  private static String token(String module, SasKey key, Instant end) {
    String host = "HostName=local.azure-devices.net;DeviceId=edge;ModuleId=";
    return SasTokens.of(host + module + ";SharedAccessKey=" + key.reveal(), end);
  }

  private static RegisteredIdentity registered(String id, SasKey key) {
    return new RegisteredIdentity(
        Identity.parse(id).orElseThrow(), true, new Credential.Sas(key, null));
  }
}
