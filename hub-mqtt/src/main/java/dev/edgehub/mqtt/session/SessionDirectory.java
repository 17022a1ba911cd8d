package dev.edgehub.mqtt.session;

import dev.edgehub.message.Identity;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which connection an identity has now. Any thread may use it. */
public final class SessionDirectory {

  private static final Logger log = LoggerFactory.getLogger(SessionDirectory.class);
  private static final int WAIT_SECONDS = 2;

  private final Map<String, SessionHandler> connected = new ConcurrentHashMap<>();

  /** Makes a connection the one of its identity and ends the one before it, if any. */
  void claim(Identity identity, SessionHandler newer) {
    SessionHandler older = connected.put(identity.id(), newer);
    if (older != null && older != newer) {
      older.takenOver();
    }
  }

  /** Gives the identity up, unless a newer connection has it already. */
  void release(Identity identity, SessionHandler handler) {
    connected.remove(identity.id(), handler);
  }

  /** Whether a client of that id is connected. */
  boolean isConnected(String id) {
    return connected.containsKey(id);
  }

  /**
   * What each connected client is doing, by id. Waits for the event loops, up to 2 s in all;
   * clients of a loop that does not answer by then are left out. Not for event loops.
   */
  public List<ClientFigures> clients() {
    List<CompletableFuture<@Nullable ClientFigures>> asked =
        connected.values().stream().map(SessionHandler::figures).toList();
    try {
      CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
          .get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException late) {
      log.warn("Some clients are not shown: their event loop does not answer why={}", "" + late);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return asked.stream()
        .filter(answer -> answer.isDone() && !answer.isCompletedExceptionally())
        .map(answer -> answer.getNow(null))
        .filter(Objects::nonNull)
        .sorted(Comparator.comparing(ClientFigures::id))
        .toList();
  }

  /** How many clients are connected. */
  public int size() {
    return connected.size();
  }
}
