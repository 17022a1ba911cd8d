package dev.edgehub.mqtt.topic;

import dev.edgehub.message.Identity;
import org.jspecify.annotations.Nullable;

/**
 * The topics of twins, direct methods and messages to devices. They are not served yet: filters are
 * granted and kept, because SDKs subscribe right after connecting and give up when refused, and
 * twin requests are answered with an error.
 */
public final class ServiceTopics {

  /** What all topics of this kind begin with, but those of messages to devices. */
  public static final String PREFIX = "$iothub/";

  private static final String TWIN_ANSWER = "$iothub/twin/res/";
  private static final String METHOD_REQUEST = "$iothub/methods/POST/";
  private static final String DESIRED = "$iothub/twin/PATCH/properties/desired/";
  private static final String[] TWIN_REQUESTS = {
    "$iothub/twin/GET/?$rid=", "$iothub/twin/PATCH/properties/reported/?$rid="
  };

  private static final int MAX_REQUEST_ID = 1_024;

  private ServiceTopics() {}

  /** Whether a filter is of this kind and the client may have it. */
  public static boolean isFilter(String filter, Identity client) {
    return filter.startsWith(TWIN_ANSWER)
        || filter.startsWith(METHOD_REQUEST)
        || filter.startsWith(DESIRED)
        || (client instanceof Identity.Device
            && filter.startsWith("devices/" + client.deviceId() + "/messages/devicebound/"));
  }

  /** The request id of a twin request; null when the topic is none, or has none. */
  public static @Nullable String twinRequestId(String topic) {
    for (String request : TWIN_REQUESTS) {
      if (topic.startsWith(request)) {
        int end = topic.indexOf('&', request.length());
        String id = topic.substring(request.length(), end < 0 ? topic.length() : end);
        return id.isEmpty() || id.length() > MAX_REQUEST_ID ? null : id;
      }
    }
    return null;
  }

  /** The topic of a twin request's answer, the request id as it came. */
  public static String twinAnswer(int status, String requestId) {
    return TWIN_ANSWER + status + "/?$rid=" + requestId;
  }
}
