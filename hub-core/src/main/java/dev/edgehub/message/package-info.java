/**
 * A message as the hub knows it, free of any protocol: who sent it, its properties and body, where
 * it may go, and its stored form.
 */
@NullMarked
package dev.edgehub.message;

import org.jspecify.annotations.NullMarked;
