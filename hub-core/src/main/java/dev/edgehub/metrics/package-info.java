/** Every meter of the hub by name, unit and sentence, and what feeds them. */
@NullMarked
package dev.edgehub.metrics;

import org.jspecify.annotations.NullMarked;
