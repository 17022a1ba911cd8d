package dev.edgehub.routing.vectors;

/** A file, a case or a message is not what the format asks for. Ends inside this package. */
final class UnusableInputException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String why;

  UnusableInputException(String why) {
    super(why, null, false, false);
    this.why = why;
  }

  /** What was expected and what was found. */
  String why() {
    return why;
  }
}
