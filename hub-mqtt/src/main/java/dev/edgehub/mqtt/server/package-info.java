/** Sockets, pipelines and event loops. */
@NullMarked
package dev.edgehub.mqtt.server;

import org.jspecify.annotations.NullMarked;
