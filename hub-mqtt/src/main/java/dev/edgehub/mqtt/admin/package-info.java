/** The admin listener: metrics and health for everybody on the machine, the rest behind a token. */
@NullMarked
package dev.edgehub.mqtt.admin;

import org.jspecify.annotations.NullMarked;
