/** What conditions see of a JSON body: the values of the paths they ask for, read in one pass. */
@NullMarked
package dev.edgehub.routing.body;

import org.jspecify.annotations.NullMarked;
