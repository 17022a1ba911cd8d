package dev.edgehub.mqtt.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a PUBLISH or a will says beside its topic and payload (MQTT 5, 3.3.2.3).
 *
 * @param utf8 whether the payload is declared to be UTF-8 text
 * @param expirySeconds how long the message is worth something, or {@link #NO_EXPIRY}
 * @param topicAlias 1 to 65,535, or 0 for none
 * @param userProperties in order, names may repeat
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would cost each message
public record PublishProperties(
    boolean utf8,
    long expirySeconds,
    int topicAlias,
    @Nullable String responseTopic,
    byte @Nullable [] correlationData,
    @Nullable String contentType,
    List<UserProperty> userProperties) {

  /** The message does not expire. */
  public static final long NO_EXPIRY = -1;

  /** Nothing said; the one that every PUBLISH without properties shares. */
  public static final PublishProperties NONE =
      new PublishProperties(false, NO_EXPIRY, 0, null, null, null, List.of());

  /** Whether this is {@link #NONE}, which is what readers hand out when nothing is said. */
  @SuppressWarnings("ReferenceEquality") // there is one, and it is asked for every PUBLISH
  public boolean isNone() {
    return this == NONE;
  }

  /** A name and a value of the application's own. */
  public record UserProperty(String name, String value) {}
}
