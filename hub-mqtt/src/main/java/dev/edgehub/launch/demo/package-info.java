/**
 * The whole job on one machine, as a play: {@code edge-hub demo}.
 *
 * <p>The parties are real. Two hubs run as processes of their own, started as {@code edge-hub run}
 * starts one: the edge hub, and a parent hub that plays the cloud. Three modules are ordinary MQTT
 * clients in this process: {@link dev.edgehub.launch.demo.TempSensor} and {@link
 * dev.edgehub.launch.demo.FilterModule} at the edge hub, {@link dev.edgehub.launch.demo.CloudApp}
 * at the parent. Between the hubs sits a {@link dev.edgehub.launch.demo.Relay} that can be cut, so
 * that an outage is one of the network and no hub knows of it beforehand.
 *
 * <p>{@link dev.edgehub.launch.demo.Demo} is the entry. It sets the {@link
 * dev.edgehub.launch.demo.Stage}, has the {@link dev.edgehub.launch.demo.Director} play the scenes
 * on it, and reports. What the hubs promise is judged by the {@link
 * dev.edgehub.launch.demo.Ledger}, which knows only what the three clients sent, had acknowledged
 * and received. The hub's own counters are read over its admin listener, for the picture while it
 * plays and to be held against the ledger at the end ({@link dev.edgehub.launch.demo.Audit}); they
 * never enter the ledger.
 *
 * <p>The manifest is that of the seed (temperature sensor, filter module, {@code $upstream}) but
 * for its time to live: 10 s would let messages expire in the outage that is to be shown, so the
 * demo's copy says 7200.
 *
 * <p>Threads: the director is the command's own thread; the sensor, the poller and the screen share
 * one timer; MQTT callbacks come on the client library's threads and end in the ledger, whose
 * monitor guards all that is counted. Types of the MQTT client library stay in {@link
 * dev.edgehub.launch.demo.ModuleClient}.
 */
@NullMarked
package dev.edgehub.launch.demo;

import org.jspecify.annotations.NullMarked;
