package dev.edgehub.testing;

import dev.edgehub.delivery.Delivery;
import dev.edgehub.delivery.DeliveryOutcome;
import dev.edgehub.delivery.Sink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A link that remembers what it was given and answers as told: at once, or when a test says so. Its
 * methods are synchronized because pumps and tests may be different threads.
 */
public final class ScriptedSink implements Sink {

  private final Function<Delivery, @Nullable DeliveryOutcome> script;
  private final List<Delivery> seen = new ArrayList<>();
  private final Deque<Delivery> open = new ArrayDeque<>();
  private final List<Integer> batches = new ArrayList<>();

  private ScriptedSink(Function<Delivery, @Nullable DeliveryOutcome> script) {
    this.script = script;
  }

  /** Takes everything at once. */
  public static ScriptedSink accepting() {
    return new ScriptedSink(delivery -> DeliveryOutcome.ACCEPTED);
  }

  /** Answers nothing until told. */
  public static ScriptedSink holding() {
    return new ScriptedSink(delivery -> null);
  }

  /** Answers by the script; null: not now. */
  public static ScriptedSink answering(Function<Delivery, @Nullable DeliveryOutcome> script) {
    return new ScriptedSink(script);
  }

  @Override
  public synchronized void deliver(List<Delivery> batch) {
    batches.add(batch.size());
    for (Delivery delivery : batch) {
      seen.add(delivery);
      DeliveryOutcome outcome = script.apply(delivery);
      if (outcome == null) {
        open.add(delivery);
      } else {
        delivery.complete(outcome);
      }
    }
  }

  /** Everything it was ever given, in order. */
  public synchronized List<Delivery> seen() {
    return List.copyOf(seen);
  }

  /** The bodies of everything it was ever given, as texts. */
  public synchronized List<String> bodies() {
    return seen.stream().map(ScriptedSink::body).toList();
  }

  /** The sizes of the batches it was given. */
  public synchronized List<Integer> batches() {
    return List.copyOf(batches);
  }

  /** How many deliveries wait for an answer. */
  public synchronized int open() {
    return open.size();
  }

  /** The bodies of the deliveries that wait for an answer, in order. */
  public synchronized List<String> waiting() {
    return open.stream().map(ScriptedSink::body).toList();
  }

  /** Answers the delivery that has waited longest. */
  public synchronized Delivery answerFirst(DeliveryOutcome outcome) {
    return answer(open.removeFirst(), outcome);
  }

  /** Answers the delivery that was given last. */
  public synchronized Delivery answerLast(DeliveryOutcome outcome) {
    return answer(open.removeLast(), outcome);
  }

  private static Delivery answer(Delivery delivery, DeliveryOutcome outcome) {
    delivery.complete(outcome);
    return delivery;
  }

  /** Answers the waiting delivery with that body. */
  public synchronized void answer(String body, DeliveryOutcome outcome) {
    Delivery delivery =
        open.stream().filter(waiting -> body(waiting).equals(body)).findFirst().orElseThrow();
    open.remove(delivery);
    delivery.complete(outcome);
  }

  /** Answers everything that waits, oldest first. */
  public synchronized void answerAll(DeliveryOutcome outcome) {
    while (!open.isEmpty()) {
      answerFirst(outcome);
    }
  }

  /** The body as text. */
  public static String body(Delivery delivery) {
    return new String(delivery.message().body(), StandardCharsets.UTF_8);
  }
}
