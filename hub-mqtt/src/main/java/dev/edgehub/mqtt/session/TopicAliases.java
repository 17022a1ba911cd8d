package dev.edgehub.mqtt.session;

import dev.edgehub.mqtt.wire.MalformedPacket;
import dev.edgehub.mqtt.wire.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The topic aliases of one connection (MQTT 5, 3.3.2.3.4). Belongs to the channel's event loop.
 * Bounded: so many topics of at most 64 KiB.
 */
final class TopicAliases {

  private final @Nullable String[] topics;

  /** Nothing is kept until an alias is used. */
  TopicAliases(int maximum) {
    topics = new String[maximum];
  }

  /**
   * The topic that is meant.
   *
   * @param alias 0 for none
   * @throws MalformedPacket when there is none, or the alias is beyond what was agreed
   */
  String resolve(String topic, int alias) {
    if (alias > topics.length) {
      throw new MalformedPacket(
          Reason.TOPIC_ALIAS_INVALID,
          "topic alias " + alias + ", and CONNACK allowed " + topics.length);
    }
    if (!topic.isEmpty()) {
      if (alias > 0) {
        topics[alias - 1] = topic;
      }
      return topic;
    }
    String known = alias > 0 ? topics[alias - 1] : null;
    if (known == null) {
      throw new MalformedPacket(
          Reason.PROTOCOL_ERROR, "a PUBLISH without a topic, and its alias stands for none");
    }
    return known;
  }
}
