package dev.edgehub.mqtt.admin;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.deadletter.DeadLetterSummary;
import dev.edgehub.deadletter.DeadLetters;
import dev.edgehub.deadletter.FiledLetter;
import dev.edgehub.deadletter.Retried;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.Removal;
import dev.edgehub.store.StoreException;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The requests by which an operator acts on queues. Each gets exactly one answer, now or when the
 * store has done it, on any thread.
 */
final class OperatorApi {

  static final String DEAD_LETTERS = "/api/dead-letters";
  static final String RETRY = "/api/dead-letters/retry";
  static final String DROP = "/api/dead-letters/drop";
  static final String PURGE = "/api/queues/purge";

  private static final JsonMapper JSON = new JsonMapper();
  private static final long MOST_TTL_SECONDS = 4_294_967_295L;

  private final Operations operations;
  private final InstantSource clock;

  OperatorApi(Operations operations, InstantSource clock) {
    this.operations = operations;
    this.clock = clock;
  }

  static boolean isChange(String path) {
    return path.equals(RETRY) || path.equals(DROP) || path.equals(PURGE);
  }

  static boolean isOurs(String path) {
    return path.equals(DEAD_LETTERS) || isChange(path);
  }

  /** May read the disk and wait for the store. */
  void answer(String path, String uri, Consumer<Answer> done) {
    try {
      QueueRequest request = QueueRequest.of(uri);
      switch (path) {
        case PURGE -> purge(request, done);
        case RETRY -> done.accept(retry(request));
        case DROP -> done.accept(drop(request));
        default -> done.accept(request.has("queue") ? list(request) : summaries());
      }
    } catch (IllegalArgumentException e) {
      done.accept(Answer.error(HttpResponseStatus.BAD_REQUEST, "" + e.getMessage()));
    } catch (StoreException e) {
      done.accept(Answer.error(HttpResponseStatus.SERVICE_UNAVAILABLE, "" + e.getMessage()));
    }
  }

  private Answer summaries() {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode sinks = json.putArray("sinks");
    for (DeadLetterSummary summary : operations.deadLetters().summaries()) {
      summary(summary, sinks.addObject());
    }
    return Answer.json(json);
  }

  private void summary(DeadLetterSummary summary, ObjectNode json) {
    json.put("sink", summary.sink().name());
    json.put("count", summary.stats().depth());
    json.put("bytes", summary.stats().bytes());
    json.put("oldestAgeSeconds", summary.stats().ageMillis(clock.millis()) / 1_000.0);
    json.put("received", summary.stats().appended());
    json.put("retried", summary.stats().left().moved());
    json.put("dropped", summary.stats().left().dropped());
    json.put("evicted", summary.stats().left().evicted());
    json.put("lost", summary.stats().left().lost());
    json.put("difference", summary.stats().difference());
  }

  private Answer list(QueueRequest request) {
    SinkId sink = request.sink();
    OptionalLong id = request.number("id", 0, Long.MAX_VALUE);
    ObjectNode json = JSON.createObjectNode();
    if (id.isPresent()) {
      List<FiledLetter> found = new ArrayList<>();
      operations
          .deadLetters()
          .each(sink, filed -> addIf(filed.id() == id.getAsLong(), filed, found));
      if (found.isEmpty()) {
        return noSuchLetter(sink, id.getAsLong());
      }
      json.put("sink", sink.name());
      DeadLetterJson.whole(found.get(0), operations.deadLetters()::wallMillis, json);
      return Answer.json(json);
    }
    json.put("sink", sink.name());
    ArrayNode letters = json.putArray("deadLetters");
    DeadLetters deadLetters = operations.deadLetters();
    deadLetters.each(
        sink, filed -> DeadLetterJson.line(filed, deadLetters::wallMillis, letters.addObject()));
    return Answer.json(json);
  }

  private static void addIf(boolean wanted, FiledLetter filed, List<FiledLetter> to) {
    if (wanted) {
      to.add(filed);
    }
  }

  private static Answer noSuchLetter(SinkId sink, long id) {
    return Answer.error(
        HttpResponseStatus.NOT_FOUND,
        sink + " has no dead letter " + id + "; see edge-hub queues dead-letters list " + sink);
  }

  private Answer retry(QueueRequest request) {
    SinkId sink = request.sink();
    OptionalLong id = request.number("id", 0, Long.MAX_VALUE);
    OptionalLong seconds = request.number("ttl", 1, MOST_TTL_SECONDS);
    OptionalLong millis =
        seconds.isPresent() ? OptionalLong.of(1_000 * seconds.getAsLong()) : OptionalLong.empty();
    Retried retried = operations.deadLetters().retry(sink, id, millis);
    boolean none = retried.moved() + retried.overdue() + retried.unreadable() == 0;
    if (id.isPresent() && none && retried.trouble().isEmpty()) {
      return noSuchLetter(sink, id.getAsLong());
    }
    ObjectNode json = JSON.createObjectNode();
    json.put("sink", sink.name());
    json.put("retried", retried.moved());
    json.put("overdue", retried.overdue());
    json.put("unreadable", retried.unreadable());
    String left = left(retried);
    json.put("message", left);
    return Answer.json(left.isEmpty() ? HttpResponseStatus.OK : HttpResponseStatus.CONFLICT, json);
  }

  private static String left(Retried retried) {
    List<String> left = new ArrayList<>();
    if (retried.overdue() > 0) {
      left.add(
          "the time to live of "
              + retried.overdue()
              + " is over: give them a new one with --ttl SECS, or drop them");
    }
    if (retried.unreadable() > 0) {
      left.add(retried.unreadable() + " cannot be read as a message: show them, or drop them");
    }
    if (!retried.trouble().isEmpty()) {
      left.add(retried.trouble());
    }
    return String.join("; ", left);
  }

  private Answer drop(QueueRequest request) {
    SinkId sink = request.sink();
    OptionalLong id = request.number("id", 0, Long.MAX_VALUE);
    Removal removal = operations.deadLetters().drop(sink, id);
    operations.deadLettersDropped(removal.entries());
    if (id.isPresent() && removal.entries() == 0) {
      return noSuchLetter(sink, id.getAsLong());
    }
    return removed(sink, removal);
  }

  private void purge(QueueRequest request, Consumer<Answer> done) {
    SinkId sink = request.sink();
    OptionalLong priority = request.number("priority", 0, Integer.MAX_VALUE);
    OptionalInt only =
        priority.isPresent() ? OptionalInt.of((int) priority.getAsLong()) : OptionalInt.empty();
    boolean known = operations.purge(sink, only, removal -> done.accept(removed(sink, removal)));
    if (!known) {
      done.accept(
          Answer.error(
              HttpResponseStatus.NOT_FOUND,
              "there is no queue "
                  + sink
                  + (only.isPresent() ? " with priority " + only.getAsInt() : "")
                  + "; see edge-hub queues"));
    }
  }

  private static Answer removed(SinkId sink, Removal removal) {
    if (removal.outcome() == AppendOutcome.CLOSED) {
      return Answer.error(
          HttpResponseStatus.SERVICE_UNAVAILABLE, "the store is closed; nothing is certain");
    }
    ObjectNode json = JSON.createObjectNode();
    json.put("sink", sink.name());
    json.put("dropped", removal.entries());
    return Answer.json(json);
  }
}
