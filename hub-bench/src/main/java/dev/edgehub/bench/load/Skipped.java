package dev.edgehub.bench.load;

/** Something this machine lacks; the run ends with a plain line and no failure. */
final class Skipped extends RuntimeException {

  Skipped(String message) {
    super(message);
  }
}
