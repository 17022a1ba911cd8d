package dev.edgehub.launch.demo;

import java.io.PrintStream;

/** One line a second, and one for each event; no escape codes. */
final class PlainScreen implements Screen {

  private final PrintStream out;

  PlainScreen(PrintStream out) {
    this.out = out;
  }

  @Override
  public long periodMillis() {
    return 1_000;
  }

  @Override
  public void show(Picture picture) {
    out.println(PlainLine.write(picture));
  }

  @Override
  public void tell(String event) {
    out.println(event);
  }

  @Override
  public void close() {
    out.flush();
  }
}
