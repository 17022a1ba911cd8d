/** The real hub as a process under real load, beside a peer in the same run. */
@NullMarked
package dev.edgehub.bench.load;

import org.jspecify.annotations.NullMarked;
