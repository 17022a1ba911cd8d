/**
 * The configuration: one JSON file, environment and command line read once into one tree of
 * records; every mistake is reported at once.
 */
@NullMarked
package dev.edgehub.config;

import org.jspecify.annotations.NullMarked;
