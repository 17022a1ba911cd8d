/**
 * From the queues to the sinks: one pump per sink, lanes by priority, a window of unconfirmed
 * deliveries. Each pump runs on its own serial executor; sinks may answer from any thread.
 */
@NullMarked
package dev.edgehub.delivery;

import org.jspecify.annotations.NullMarked;
