/**
 * Messages that their sink never takes: one queue per sink beside the ordinary ones, which no pump
 * serves and whose entries wait for an operator.
 */
@NullMarked
package dev.edgehub.deadletter;

import org.jspecify.annotations.NullMarked;
