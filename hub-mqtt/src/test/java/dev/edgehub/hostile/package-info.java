/**
 * What hostile and broken peers send, row by row (B1 to B10): over sockets, against a hub that
 * serves a canary all through.
 */
package dev.edgehub.hostile;
