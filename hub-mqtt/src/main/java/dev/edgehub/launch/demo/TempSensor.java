package dev.edgehub.launch.demo;

import java.util.Random;

/** The temperature sensor: measures at each tick, whether or not the hub can be reached. */
final class TempSensor {

  private static final double MEAN_CELSIUS = 24;
  private static final double NOISE_CELSIUS = 3;

  private final ModuleClient client;
  private final Ledger ledger;
  // the same noise in every play
  private final Random noise = new Random(1);
  private long last;

  TempSensor(ModuleClient client, Ledger ledger) {
    this.client = client;
    this.ledger = ledger;
  }

  /** Sends the next reading; on one thread. */
  void measure() {
    Reading reading = new Reading(++last, MEAN_CELSIUS + NOISE_CELSIUS * noise.nextGaussian());
    ledger.sensorSent(reading.id());
    client.publish(
        "temperatureOutput", reading.toJson(), () -> ledger.sensorAcknowledged(reading.id()));
  }
}
