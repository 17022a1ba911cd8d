/**
 * The HTTPS listener: MQTT over WebSocket, and requests that others answer by path ({@link
 * dev.edgehub.mqtt.http.HttpService}). Everything belongs to a connection's event loop.
 */
@NullMarked
package dev.edgehub.mqtt.http;

import org.jspecify.annotations.NullMarked;
