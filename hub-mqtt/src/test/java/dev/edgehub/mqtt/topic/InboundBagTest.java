package dev.edgehub.mqtt.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.edgehub.message.SystemProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Property bags as clients send them (protocol reference, section 4). */
final class InboundBagTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // bag                 | output | system                     | properties
        "\"\"                  | -      | []                         | []",
        "a=1                   | -      | []                         | [a=1]",
        "a=1&b=2               | -      | []                         | [a=1, b=2]",
        "k%20y=v%2F1%2B2%263%3D%C3%A9 | - | []                       | [k y=v/1+2&3=é]",
        "$.on=out1             | out1   | []                         | []",
        "%24.on=out1           | out1   | []                         | []",
        "%24.on=               | -      | []                         | []",
        "$.on                  | -      | []                         | []",
        "$.mid=1&%24.cid=2     | -      | [messageId=1, cid=2]       | []",
        "%24%2Emid=1           | -      | [messageId=1]              | []",
        "$.ct=application/json | -      | [contentType=application/json] | []",
        "k=                    | -      | []                         | [k=]",
        "k                     | -      | []                         | [k=null]",
        "k&l=1                 | -      | []                         | [k=null, l=1]",
        "k=1&k=2               | -      | []                         | [k=2]",
        "$.mid=1&$.mid=2       | -      | [messageId=2]              | []",
        "$.on=a&$.on=b         | b      | []                         | []",
        "a=b=c                 | -      | []                         | [a=b=c]",
        "a=+                   | -      | []                         | [a=+]",
        "a=100%                | -      | []                         | [a=100%]",
        "%zz=%2                | -      | []                         | [%zz=%2]",
        "&&a=1&                | -      | []                         | [a=1]",
        "=1                    | -      | []                         | []",
        "$.mid                 | -      | []                         | []",
        "$.cdid=other&$.cmid=x&%24.cdid=y | - | []                   | []",
        "ack=full              | -      | [ack=full]                 | []",
        "iothub-ack=none       | -      | [ack=none]                 | []",
        "$.diagid=1&$.other=2  | -      | []                         | [$.diagid=1, $.other=2]",
        "deviceId=x&moduleId=y | -      | []                         | [deviceId=x, moduleId=y]",
      })
  void reads(String bag, String output, String system, String properties) {
    PropertyBag.Contents contents = decode(bag);

    assertEquals(output.equals("-") ? null : output, contents.output());
    assertEquals(system, system(contents));
    assertEquals(properties, properties(contents));
  }

  @Test
  void readsEverySystemProperty() {
    PropertyBag.Contents contents =
        decode(
            "$.mid=1&$.cid=2&$.uid=3&$.to=4&$.exp=5&$.ctime=6&$.ct=7&$.ce=8&$.schema=9"
                + "&$.ifid=10&$.sub=11&iothub-operation=12&iothub-ack=13");

    assertEquals(
        "[messageId=1, cid=2, userId=3, to=4, absolute-expiry-time=5, contentType=7,"
            + " contentEncoding=8, messageSchema=9, creationTime=6, ack=13, operation=12,"
            + " iothub-interface-id=10, dt-subject=11]",
        system(contents));
    assertEquals(0, contents.properties().size());
  }

  @Test
  void tellsOfRetainAndDupInProperties() {
    PropertyBag.Contents contents = Objects.requireNonNull(PropertyBag.decode("a=1", true, true));

    assertEquals("[a=1, mqtt-retain=true, mqtt-dup=true]", properties(contents));
  }

  @Test
  void refusesTooManyPairs() {
    String most =
        IntStream.range(0, PropertyBag.MAX_PAIRS)
            .mapToObj(i -> "k" + i + "=v")
            .collect(Collectors.joining("&"));

    assertEquals(PropertyBag.MAX_PAIRS, decode(most).properties().size());
    assertNull(PropertyBag.decode(most + "&one=more", false, false));
  }

  private static PropertyBag.Contents decode(String bag) {
    PropertyBag.Contents contents = PropertyBag.decode(bag, false, false);
    assertNotNull(contents);
    return contents;
  }

  private static String system(PropertyBag.Contents contents) {
    List<String> found = new ArrayList<>();
    for (SystemProperty property : SystemProperty.values()) {
      String value = contents.system().get(property);
      if (value != null) {
        found.add(property.propertyName() + "=" + value);
      }
    }
    return found.toString();
  }

  private static String properties(PropertyBag.Contents contents) {
    return IntStream.range(0, contents.properties().size())
        .mapToObj(i -> contents.properties().name(i) + "=" + contents.properties().value(i))
        .toList()
        .toString();
  }
}
