/**
 * What the hub shows to TLS clients: a certificate of the operator's, followed when its files
 * change, or one signed by an authority of the hub's own. What clients show is taken as it comes
 * and judged at CONNECT. Entry class: {@link dev.edgehub.mqtt.tls.ServerTls}; {@link
 * dev.edgehub.mqtt.tls.PemFile} is the only reader of PEM.
 */
@NullMarked
package dev.edgehub.mqtt.tls;

import org.jspecify.annotations.NullMarked;
