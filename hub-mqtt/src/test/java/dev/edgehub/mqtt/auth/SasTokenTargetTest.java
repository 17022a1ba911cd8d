package dev.edgehub.mqtt.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fuzz target reaches both ends of the check. */
final class SasTokenTargetTest {

  private static final String TOKEN = " SharedAccessSignature sr=hub.x%2Fdevices%2Fedge&sig=@&se=";

  @ParameterizedTest
  @CsvSource({
    "0, 1893456000, true",
    "1, 1893456000, true",
    "2, 1893456000, true",
    "10, 1893456000, true",
    "16, 1893456000, true",
    "8, 1893456000, false",
    "3, 1893456000, false",
    "4, 1893456000, false",
    "5, 1893456000, false",
    "6, 1893456000, false",
    "7, 1893456000, false",
    "0, 1799999700, false",
  })
  void whoSignsAndWhatDecides(int first, String end, boolean letsIn) {
    byte[] input = (TOKEN + end).getBytes(StandardCharsets.US_ASCII);
    input[0] = (byte) first;

    assertEquals(letsIn, SasTokenTarget.letsIn(input));
  }
}
