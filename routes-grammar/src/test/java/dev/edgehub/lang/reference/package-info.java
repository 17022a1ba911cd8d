/**
 * A second, naive implementation of conditions, to hold the first against: trees that are made at
 * random, printed, typed and evaluated with no regard to speed, by the rules and not by the code.
 */
package dev.edgehub.lang.reference;
