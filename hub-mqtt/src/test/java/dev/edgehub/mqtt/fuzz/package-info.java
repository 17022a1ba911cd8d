/** Fuzz targets of the MQTT front end; see FUZZING.md. */
package dev.edgehub.mqtt.fuzz;
