package dev.edgehub.launch.demo;

/**
 * The scenes, in their order. Each ends at a share of the whole time, but takes its least share
 * even when the one before ran late, as starting a hub does on a busy machine.
 */
enum Scene {
  FLOW("flow", 0.18, 0.1, "everything is connected: readings go from the sensor to the cloud"),
  CUT("cut", 0.42, 0.1, "the network to upstream is cut: its messages wait in the edge hub"),
  KILL("kill", 0.45, 0.03, "the edge hub was killed (SIGKILL) and is started again"),
  GROW("grow", 0.62, 0.08, "the edge hub runs again on the same data; its queue goes on growing"),
  DRAIN("drain", 0.92, 0.2, "the network is back: the edge hub finds it and the backlog drains"),
  SETTLE("settle", 1, 0, "the sensor has stopped: waiting until nothing is under way");

  private final String label;
  private final double end;
  private final double least;
  private final String sentence;

  Scene(String label, double end, double least, String sentence) {
    this.label = label;
    this.end = end;
    this.least = least;
    this.sentence = sentence;
  }

  String label() {
    return label;
  }

  /** How long it takes, in ms, when it begins so long after the curtain rose. */
  long millis(int seconds, long beganMillis) {
    double whole = seconds * 1_000.0;
    return Math.round(Math.max(end * whole - beganMillis, least * whole));
  }

  String sentence() {
    return sentence;
  }
}
