/** Hand-written fakes and peers that the tests of several packages share. */
package dev.edgehub.mqtt.testing;
