/**
 * One client's connection and what outlives it. A handler and all its state belong to the channel's
 * event loop; the directory is shared.
 */
@NullMarked
package dev.edgehub.mqtt.session;

import org.jspecify.annotations.NullMarked;
