/**
 * The hub itself: publish, apply a manifest, connect modules and upstream. It owns routing and
 * delivery and stands on the store.
 */
@NullMarked
package dev.edgehub.hub;

import org.jspecify.annotations.NullMarked;
