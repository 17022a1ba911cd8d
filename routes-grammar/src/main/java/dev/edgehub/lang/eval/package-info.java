/**
 * The run-time half of the language: what a compiled condition may ask of a message, and the small
 * immutable nodes that answer. <em>Undefined</em> is a value here, and nothing in this package
 * throws because of a message's content.
 */
@NullMarked
package dev.edgehub.lang.eval;

import org.jspecify.annotations.NullMarked;
