/** Durable queues of bytes. {@link dev.edgehub.store.Store#open} is the way in. */
@NullMarked
package dev.edgehub.store;

import org.jspecify.annotations.NullMarked;
