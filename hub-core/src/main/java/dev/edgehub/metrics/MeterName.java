package dev.edgehub.metrics;

import org.jspecify.annotations.Nullable;

/**
 * Every meter of the hub. Names and labels that Azure's hub has are kept as they are; the others
 * are ours.
 */
public enum MeterName {
  MESSAGES_RECEIVED("edgehub.messages.received", null, "Messages accepted from clients"),
  MESSAGES_SENT("edgehub.messages.sent", null, "Messages that a sink has taken"),
  MESSAGES_DROPPED(
      "edgehub.messages.dropped", null, "Messages that left without delivery, by reason"),
  MESSAGES_UNACK("edgehub.messages.unack", null, "Messages not acknowledged to their sender"),
  QUEUE_LENGTH("edgehub.queue.length", null, "Messages waiting, per sink and priority"),
  MESSAGE_SIZE("edgehub.message.size", "bytes", "Size of a message when it was accepted"),
  MESSAGE_SEND_DURATION(
      "edgehub.message.send.duration", null, "From the start of an attempt to the sink's answer"),
  MESSAGE_PROCESS_DURATION(
      "edgehub.message.process.duration", null, "From acceptance to the sink's answer"),
  CLIENT_CONNECT_SUCCESS("edgehub.client.connect.success", null, "Connections accepted"),
  CLIENT_CONNECT_FAILED("edgehub.client.connect.failed", null, "Connections refused, by reason"),
  CLIENT_DISCONNECT("edgehub.client.disconnect", null, "Connections ended"),
  CLIENT_CLOSED(
      "edgehub.client.closed", null, "Connections that the hub ended after it let them in"),
  CONNECTED_CLIENTS("edgehub.connected.clients", null, "Clients connected now"),
  OFFLINE_COUNT("edgehub.offline.count", null, "Times that upstream went away"),
  OFFLINE_DURATION("edgehub.offline.duration", null, "How long upstream stayed away"),
  ROUTE_MESSAGES("edgehub.route.messages", null, "Messages that a route has put into its queue"),
  QUEUE_BYTES("edgehub.queue.bytes", "bytes", "Bytes waiting, per sink and priority"),
  QUEUE_OLDEST_AGE(
      "edgehub.queue.oldest.age", "seconds", "Age of the oldest waiting message, per queue"),
  QUEUE_LOST(
      "edgehub.queue.lost",
      null,
      "Messages lost to damage of the store since it was made, per queue"),
  QUEUE_CONSERVATION(
      "edgehub.queue.conservation.difference",
      null,
      "Appended less left by any reason less waiting, per queue: 0"),
  DEAD_LETTERS("edgehub.deadletters", null, "Messages that their sink never takes, per sink"),
  DEAD_LETTER_BYTES("edgehub.deadletters.bytes", "bytes", "Bytes of the dead letters, per sink"),
  DEAD_LETTERED("edgehub.deadletter", null, "Messages that became dead letters, by reason"),
  EXPIRED("edgehub.expired", null, "Messages whose time to live ended in a queue"),
  EVICTED("edgehub.evicted", null, "Messages removed from a queue to make room for others"),
  REDELIVERED("edgehub.redelivered", null, "Attempts that failed and will be repeated, per sink"),
  COMMIT_DURATION("edgehub.fsync.duration", null, "One commit of the store with its sync"),
  COMMITS("edgehub.commit.entries", "entries", "Queue entries of one commit");

  private final String meter;
  private final @Nullable String unit;
  private final String sentence;

  MeterName(String meter, @Nullable String unit, String sentence) {
    this.meter = meter;
    this.unit = unit;
    this.sentence = sentence;
  }

  /** The name in Micrometer's dotted form. */
  public String meter() {
    return meter;
  }

  /** The base unit, or null where the kind of meter or the name says it. */
  public @Nullable String unit() {
    return unit;
  }

  /** What it counts, for people. */
  public String sentence() {
    return sentence;
  }
}
