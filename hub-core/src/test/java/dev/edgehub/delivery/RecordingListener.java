package dev.edgehub.delivery;

import dev.edgehub.deadletter.DeadLetter;
import dev.edgehub.message.Message;
import dev.edgehub.message.SinkId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what was told of messages, by their bodies. */
final class RecordingListener implements DeliveryListener {

  final List<String> delivered = new ArrayList<>();
  final List<Long> queuedMillis = new ArrayList<>();
  final List<String> expired = new ArrayList<>();
  final List<String> refused = new ArrayList<>();
  final List<String> retried = new ArrayList<>();
  final List<String> poisoned = new ArrayList<>();
  final List<String> unreadable = new ArrayList<>();

  @Override
  public void delivered(SinkId sink, int priority, Message message, long queued, long sendNanos) {
    delivered.add(body(message));
    queuedMillis.add(queued);
  }

  @Override
  public void expired(SinkId sink, int priority, @Nullable Message message) {
    expired.add(message == null ? "?" : body(message));
  }

  @Override
  public void deadLettered(
      SinkId sink, int priority, @Nullable Message message, DeadLetter.Cause cause, String why) {
    switch (cause) {
      case REFUSED -> refused.add(shown(message) + ": " + why);
      case POISON -> poisoned.add(shown(message));
      case UNREADABLE -> unreadable.add(why);
    }
  }

  @Override
  public void retried(SinkId sink, String why) {
    retried.add(why);
  }

  private static String shown(@Nullable Message message) {
    return message == null ? "?" : body(message);
  }

  private static String body(Message message) {
    return new String(message.body(), StandardCharsets.UTF_8);
  }
}
