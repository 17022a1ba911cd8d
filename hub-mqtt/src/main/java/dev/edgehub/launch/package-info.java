/** The command line and the wiring of all parts, by hand. */
@NullMarked
package dev.edgehub.launch;

import org.jspecify.annotations.NullMarked;
