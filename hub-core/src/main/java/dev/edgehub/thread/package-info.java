/**
 * Who runs what: the hub's threads by role, serial execution over a pool, and time that tests can
 * turn by hand.
 */
@NullMarked
package dev.edgehub.thread;

import org.jspecify.annotations.NullMarked;
