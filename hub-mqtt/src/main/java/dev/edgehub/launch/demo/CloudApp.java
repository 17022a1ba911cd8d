package dev.edgehub.launch.demo;

/** The application in the cloud: takes note of every reading that reaches it. */
final class CloudApp {

  private final Ledger ledger;

  CloudApp(Ledger ledger) {
    this.ledger = ledger;
  }

  void receive(ModuleClient.Arrival arrival) {
    ledger.cloudReceived(Reading.fromJson(arrival.body()).id(), arrival.entryId());
    arrival.acknowledge();
  }
}
