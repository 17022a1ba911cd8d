package dev.edgehub.mqtt.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicFilterTest {

  @ParameterizedTest
  @CsvSource({
    "a/b/c, a/b/c",
    "a/+/c, a/b/c",
    "a/+/c, a//c",
    "a/#, a/b/c",
    "a/#, a/b",
    "a/#, a",
    "a/#, a/",
    "#, a/b",
    "+, a",
    "+/+, /a",
    "/+, /a",
    "+/b/#, a/b",
    "a/+, a/",
    "$a/#, $a/b",
    "$a/+, $a/b",
    "devices/d/modules/m/inputs/#, devices/d/modules/m/inputs/in1/%24.cdid=x",
    "devices/d/modules/m/#, devices/d/modules/m/inputs/in1/bag",
    "devices/d/modules/m/inputs/in1/+, devices/d/modules/m/inputs/in1/bag",
  })
  void matches(String filter, String topic) {
    assertTrue(parse(filter).matches(topic));
  }

  @ParameterizedTest
  @CsvSource({
    "a/b/c, a/b",
    "a/b, a/b/c",
    "a/b, a/bb",
    "a/bb, a/b",
    "a/+, a",
    "a/+, a/b/c",
    "+, /a",
    "+, a/b",
    "/+, a",
    "a/#, ab",
    "A/b, a/b",
    "#, $SYS/x",
    "+/x, $SYS/x",
    "devices/d/modules/m/inputs/#, devices/d/modules/mm/inputs/in1/x",
    "devices/d/modules/m/inputs/in1/+, devices/d/modules/m/inputs/in1/a/b",
  })
  void doesNotMatch(String filter, String topic) {
    assertFalse(parse(filter).matches(topic));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a#", "#/a", "a/#/b", "a/b+", "a/+b/c", "++", "##", "a\0b"})
  void refusesWhatIsNoFilter(String text) {
    assertTrue(TopicFilter.parse(text).isEmpty());
  }

  @Test
  void takesAsManyLevelsAsAllowedAndNoMore() {
    String most = "a/".repeat(TopicFilter.MAX_LEVELS - 1) + "#";

    assertTrue(parse(most).matches("a/".repeat(TopicFilter.MAX_LEVELS + 10)));
    assertTrue(TopicFilter.parse("a/" + most).isEmpty());
    assertTrue(TopicFilter.parse("/".repeat(65_000)).isEmpty());
  }

  @Test
  void keepsItsText() {
    assertEquals("a/+/#", parse("a/+/#").text());
  }

  private static TopicFilter parse(String text) {
    return TopicFilter.parse(text).orElseThrow();
  }
}
