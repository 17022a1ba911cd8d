package dev.edgehub.message;

/** Stored bytes are not a message of a version known here. */
public final class UnreadableMessageException extends Exception {

  public UnreadableMessageException(String message) {
    super(message);
  }
}
