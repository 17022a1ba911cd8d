package dev.edgehub.mqtt.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.testing.MemoryDocuments;
import dev.edgehub.mqtt.topic.TopicFilter;
import dev.edgehub.mqtt.wire.ConnectProperties;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a session is kept, with a clock that the test moves. */
final class SessionExpiryTest {

  private static final Identity CLIENT = new Identity.Module("edge", "filter");
  private static final Subscriptions SUBSCRIBED =
      Subscriptions.NONE.with(
          TopicFilter.parse("devices/edge/modules/filter/inputs/#").orElseThrow(), 1);

  private final MemoryDocuments documents = new MemoryDocuments();
  private final Object first = new Object();
  private final Object second = new Object();
  private long now = 1_000_000;
  private StoredSessions sessions = open();

  @Test
  void aSessionLivesForItsTimeAfterTheConnection() {
    begin(first, 60);
    now += 1_000_000;
    assertNotNull(sessions.find(CLIENT), "its time does not run while the client is connected");

    sessions.ended(CLIENT, first, 60);

    now += 59_999;
    assertEquals(SUBSCRIBED, sessions.find(CLIENT));
    now += 1;
    assertNull(sessions.find(CLIENT));
    assertNull(sessions.resume(CLIENT, second, false, 60));
  }

  @Test
  void aSessionWithoutExpiryEndsWithTheConnection() {
    begin(first, 60);
    sessions.ended(CLIENT, first, 60);

    assertEquals(SUBSCRIBED, sessions.resume(CLIENT, second, false, 0));
    sessions.ended(CLIENT, second, 0);

    assertNull(sessions.find(CLIENT));
    assertNull(open().find(CLIENT));
  }

  @Test
  void aSessionForEverIsKept() {
    begin(first, ConnectProperties.NEVER);
    sessions.ended(CLIENT, first, ConnectProperties.NEVER);

    now += 1_000L * ConnectProperties.NEVER + 1;

    assertEquals(SUBSCRIBED, sessions.find(CLIENT));
    assertEquals(SUBSCRIBED, open().find(CLIENT));
  }

  @Test
  void theTimeOfASessionRunsOverARestart() {
    begin(first, 60);
    sessions.ended(CLIENT, first, 60);
    now += 30_000;

    sessions = open();

    assertEquals(SUBSCRIBED, sessions.find(CLIENT));
    now += 30_000;
    assertNull(sessions.find(CLIENT));
    assertNull(open().find(CLIENT));
    assertTrue(documents.all("sessions").isEmpty());
  }

  @Test
  void theTimeOfOneThatWasConnectedInACrashRunsFromTheNextStart() {
    begin(first, 60);
    now += 3_600_000;

    sessions = open();

    now += 59_000;
    assertEquals(SUBSCRIBED, sessions.find(CLIENT));
    now += 2_000;
    assertNull(sessions.find(CLIENT));
  }

  @Test
  void aDisconnectMayChangeTheTime() {
    begin(first, 60);

    sessions.ended(CLIENT, first, 3_600);

    now += 3_599_000;
    assertEquals(SUBSCRIBED, sessions.find(CLIENT));
  }

  @Test
  void aCleanStartForgetsAndMayKeepWhatComesAfter() {
    begin(first, 60);
    sessions.ended(CLIENT, first, 60);

    assertNull(sessions.resume(CLIENT, second, true, 60));

    assertEquals(Subscriptions.NONE, sessions.find(CLIENT));
  }

  @Test
  void anOlderConnectionChangesNothingOnceANewerOneHasTheSession() {
    begin(first, 60);
    assertEquals(SUBSCRIBED, sessions.resume(CLIENT, second, false, 600));

    List<Boolean> saved = new ArrayList<>();
    sessions.save(CLIENT, first, Subscriptions.NONE, saved::add);
    sessions.ended(CLIENT, first, 0);

    assertEquals(List.of(false), saved);
    assertEquals(SUBSCRIBED, sessions.find(CLIENT));
    now += 1_000_000;
    assertEquals(SUBSCRIBED, sessions.find(CLIENT), "the newer connection is still there");
  }

  @Test
  void whatIsWrittenIsReadBack() {
    for (long expiry : new long[] {0, 1, 60, ConnectProperties.NEVER}) {
      StoredSession session = StoredSession.connected(SUBSCRIBED, expiry);
      assertEquals(session, StoredSession.fromText(session.toText()));
      StoredSession ending = session.ending(now);
      assertEquals(ending, StoredSession.fromText(ending.toText()));
    }
  }

  @Test
  void aDamagedLineKeepsTheSession() {
    for (String line :
        List.of("expires ", "expires x y\n", "expires 60\n", "expires 99999999999999999999 1\n")) {
      assertFalse(StoredSession.fromText(line).subscriptions().size() > 0, line);
    }
  }

  private void begin(Object owner, long expirySeconds) {
    assertNull(sessions.resume(CLIENT, owner, false, expirySeconds));
    List<Boolean> saved = new ArrayList<>();
    sessions.save(CLIENT, owner, SUBSCRIBED, saved::add);
    assertEquals(List.of(true), saved);
  }

  private StoredSessions open() {
    return new StoredSessions(documents, () -> now);
  }
}
