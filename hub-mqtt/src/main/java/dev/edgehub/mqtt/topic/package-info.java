/**
 * Topics of the IoT Hub face: who published, with which properties, and how a delivery is
 * addressed. Pure functions; one place for each rule of the property bag.
 */
@NullMarked
package dev.edgehub.mqtt.topic;

import org.jspecify.annotations.NullMarked;
