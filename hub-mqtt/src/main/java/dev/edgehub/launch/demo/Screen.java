package dev.edgehub.launch.demo;

/** Where the play is shown. Any thread. */
interface Screen extends AutoCloseable {

  /** How often pictures are wanted, ms. */
  long periodMillis();

  void show(Picture picture);

  /** Something happened. */
  void tell(String event);

  /** Leaves the terminal as it was found; may be called more than once. */
  @Override
  void close();
}
