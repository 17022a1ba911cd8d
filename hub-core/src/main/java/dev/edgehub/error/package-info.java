/**
 * Failures with a code and an owner: who has to act. Peers' and authors' mistakes are values
 * elsewhere; an exception of this package stops a component.
 */
@NullMarked
package dev.edgehub.error;

import org.jspecify.annotations.NullMarked;
