package dev.edgehub.launch;

/** Numbers in sentences. */
final class Words {

  private Words() {}

  /** {@code 1 message}, {@code 2 messages}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
