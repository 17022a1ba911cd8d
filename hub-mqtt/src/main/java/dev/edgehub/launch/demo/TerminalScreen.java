package dev.edgehub.launch.demo;

import java.io.PrintStream;
import java.util.List;

/** The table, drawn over and over in the same place of a terminal. */
final class TerminalScreen implements Screen {

  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";

  /** A line that does not fit is cut, not wrapped: a wrapped one would spoil the counting. */
  private static final String NO_WRAP = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";
  private static final String ERASE_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintStream out;
  private final LiveTable table;
  private int drawn;
  private boolean closed;

  TerminalScreen(PrintStream out, Ink ink) {
    this.out = out;
    this.table = new LiveTable(ink);
  }

  @Override
  public long periodMillis() {
    return 250;
  }

  @Override
  public synchronized void show(Picture picture) { // whole pictures, none after the last
    if (closed) {
      return;
    }
    List<String> lines = table.draw(picture);
    StringBuilder text = new StringBuilder(HIDE_CURSOR).append(NO_WRAP);
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    lines.forEach(line -> text.append('\r').append(line).append(ERASE_LINE).append('\n'));
    text.append(ERASE_BELOW);
    drawn = lines.size();
    out.print(text);
    out.flush();
  }

  @Override
  public void tell(String event) {
    // the picture has the events in it
  }

  @Override
  public synchronized void close() { // not in the middle of a picture
    if (!closed) {
      closed = true;
      out.print(SHOW_CURSOR + WRAP);
      out.flush();
    }
  }
}
