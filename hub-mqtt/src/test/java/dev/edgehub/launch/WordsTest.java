package dev.edgehub.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "119.94, 119.9 s",
    "120, 2 min",
    "7199, 120 min",
    "7200, 2.0 h",
    "172799, 48.0 h",
    "172800, 2.0 d",
    "31536000, 365.0 d"
  })
  void aTimeHasTheUnitThatFits(double seconds, String expected) {
    assertEquals(expected, Words.time(seconds));
  }
}
