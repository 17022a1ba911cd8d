package dev.edgehub.launch.demo;

/** The scenes, in their order, each with the share of the whole time at which it ends. */
enum Scene {
  FLOW("flow", 0.18, "everything is connected: readings go from the sensor to the cloud"),
  CUT("cut", 0.42, "the network to upstream is cut: messages for it wait in the edge hub's queue"),
  KILL("kill", 0.45, "the edge hub was killed (SIGKILL), with its queue full"),
  GROW("grow", 0.62, "the edge hub runs again on the same data; its queue goes on growing"),
  DRAIN("drain", 0.92, "the network is back: the edge hub finds it and the backlog drains"),
  SETTLE("settle", 1, "the sensor has stopped: waiting until nothing is under way");

  private final String label;
  private final double end;
  private final String sentence;

  Scene(String label, double end, String sentence) {
    this.label = label;
    this.end = end;
    this.sentence = sentence;
  }

  String label() {
    return label;
  }

  /** When it ends, in ms since the curtain rose. */
  long endMillis(int seconds) {
    return Math.round(end * seconds * 1_000);
  }

  String sentence() {
    return sentence;
  }
}
