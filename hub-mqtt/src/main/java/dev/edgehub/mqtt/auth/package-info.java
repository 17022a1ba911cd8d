/** Who is connecting: the user name's grammar, and who is believed. */
@NullMarked
package dev.edgehub.mqtt.auth;

import org.jspecify.annotations.NullMarked;
