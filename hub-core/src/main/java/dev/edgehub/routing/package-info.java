/** Which sinks a message goes to: an immutable table of compiled routes, asked once per message. */
@NullMarked
package dev.edgehub.routing;

import org.jspecify.annotations.NullMarked;
