/**
 * The workload API for local development: lets {@code ModuleClient.createFromEnvironment} of
 * Azure's SDKs find the authority of the hub and have tokens signed.
 */
@NullMarked
package dev.edgehub.mqtt.workload;

import org.jspecify.annotations.NullMarked;
