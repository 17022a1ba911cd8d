package dev.edgehub.mqtt.session;

import dev.edgehub.mqtt.wire.Reason;

/** The one way by which the hub ends a connection. On the channel's event loop. */
interface HangUp {

  /**
   * Ends it. An MQTT 5 client is told the reason first, another only sees the end.
   *
   * @param why for the log: expected, found, what to do
   */
  void because(Reason reason, String why);
}
