/**
 * Trying routes on written-down messages: files of test vectors (format {@code routing-vectors/1})
 * and explanations of one route for one message. Manifests, tables and bodies are read by the code
 * that serves; nothing here is part of serving.
 *
 * <p>Files come from outside. What cannot be used is a value with the reason, never an exception,
 * and a wrong case is a failure of that case alone.
 */
@NullMarked
package dev.edgehub.routing.vectors;

import org.jspecify.annotations.NullMarked;
