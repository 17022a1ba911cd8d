/**
 * MQTT packets as plain values. Netty's codec does the framing of what comes in; none of its packet
 * types leaves this package. Handlers run on the channel's event loop.
 */
@NullMarked
package dev.edgehub.mqtt.wire;

import org.jspecify.annotations.NullMarked;
