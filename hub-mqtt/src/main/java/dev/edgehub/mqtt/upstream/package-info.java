/**
 * The connection to whatever upstream is: the only home of the HiveMQ client's types. State belongs
 * to one serial executor.
 */
@NullMarked
package dev.edgehub.mqtt.upstream;

import org.jspecify.annotations.NullMarked;
