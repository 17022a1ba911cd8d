package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class MainTest {

  @Test
  void endsWithTwoWhenTheCommandLineIsWrong() {
    assertEquals(2, Main.run());
    assertEquals(2, Main.run("run", "--bogus"));
    assertEquals(2, Main.run("demo", "--seconds", "19"));
    assertEquals(2, Main.run("demo", "--seconds", "many"));
    assertEquals(2, Main.run("run", "--set", "no.such.key=1"));
  }

  @Test
  void endsWithNothingWrongAfterHelp() {
    assertEquals(0, Main.run("demo", "--help"));
  }
}
