/**
 * The deployment manifest's hub section: routes and time to live, from a file to a value or to
 * every issue in it.
 */
@NullMarked
package dev.edgehub.manifest;

import org.jspecify.annotations.NullMarked;
