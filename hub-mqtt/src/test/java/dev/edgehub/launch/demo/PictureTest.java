package dev.edgehub.launch.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PictureTest {

  private static final Picture CUT =
      new Picture(
          10_200,
          40,
          Scene.CUT,
          List.of(
              new Picture.Route("sensorToFilter", "tempSensor -> filtermodule", 150.2, 149.6, 0, 0),
              new Picture.Route("filterToCloud", "filtermodule -> $upstream", 95, 0, 1_204, 12.34)),
          "running, pid 42",
          "waiting",
          new Ledger.Counts(1_530, 1_533, 900, 400, 400, 600, 3),
          List.of("00:07  the network was cut"));

  @Test
  void drawsRatesDepthAgeAndLedger() {
    String table = String.join("\n", new LiveTable(Ink.PLAIN).draw(CUT));

    assertTrue(table.contains("00:10 of 00:40   [########----------------------]"), table);
    assertTrue(table.contains("flow > [cut] > kill > grow > drain > settle"), table);
    assertTrue(
        table.contains(
            "  filterToCloud  filtermodule -> $upstream         95        0    1,204   12.3 s"),
        table);
    assertTrue(
        table.contains("  so far              1,530        400        600        530           3"),
        table);
    assertTrue(table.contains("00:07  the network was cut"), table);
  }

  @Test
  void fitsEightyColumns() {
    for (String line : new LiveTable(Ink.PLAIN).draw(CUT)) {
      assertTrue(line.length() <= 80, line);
    }
    for (Scene scene : Scene.values()) {
      // an event is such a sentence with the time before it
      assertTrue(scene.sentence().length() <= 70, scene.sentence());
    }
  }

  @Test
  void usesEscapeCodesForColoursOnly() {
    List<String> plain = new LiveTable(Ink.PLAIN).draw(CUT);
    List<String> coloured = new LiveTable(Ink.COLOUR).draw(CUT);

    assertFalse(String.join("", plain).contains("\u001b"));
    assertEquals(
        plain, coloured.stream().map(line -> line.replaceAll("\u001b\\[\\d+m", "")).toList());
  }

  @Test
  void isOneLineWithoutATerminal() {
    assertEquals(
        "00:10  cut     sensorToFilter in 150/s out 150/s waiting 0 oldest 0.0 s"
            + " | filterToCloud in 95/s out 0/s waiting 1204 oldest 12.3 s"
            + " | hub running, pid 42 | upstream waiting",
        PlainLine.write(CUT));
  }

  @Test
  void redrawsInPlaceAndGivesTheCursorBack() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    TerminalScreen screen = new TerminalScreen(out, Ink.PLAIN);
    int lines = new LiveTable(Ink.PLAIN).draw(CUT).size();

    screen.show(CUT);
    screen.show(CUT);
    screen.close();
    screen.close();
    screen.show(CUT);

    String written = bytes.toString(StandardCharsets.UTF_8);
    assertEquals(2, written.split("\u001b\\[\\?25l", -1).length - 1);
    assertTrue(written.contains("\u001b[" + lines + "A"), "goes back up");
    assertTrue(written.endsWith("\u001b[?25h\u001b[?7h"), "shows the cursor, once, at the end");
  }
}
