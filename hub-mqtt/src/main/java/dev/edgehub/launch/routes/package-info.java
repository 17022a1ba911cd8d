/**
 * What {@code edge-hub routes} does: checks routes, runs test vectors, explains one route for one
 * message. Reads bounded files, prints, and gives a verdict; the command line is read elsewhere.
 */
@NullMarked
package dev.edgehub.launch.routes;

import org.jspecify.annotations.NullMarked;
