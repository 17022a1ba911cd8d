package dev.edgehub.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PropertiesTest {

  @Test
  void findsNamesInAnyCase() {
    Properties properties = new Properties.Builder().set("Site", "North7").build();

    assertEquals("North7", properties.get("SITE"));
    assertTrue(properties.contains("site"));
    assertFalse(properties.contains("sit"));
    assertNull(properties.get("nope"));
  }

  @Test
  void keepsTheLastOfDuplicatesAtThePlaceOfTheFirst() {
    Properties properties =
        new Properties.Builder().set("a", "1").set("b", "2").set("A", "3").build();

    assertEquals(2, properties.size());
    assertEquals("A", properties.name(0));
    assertEquals("3", properties.value(0));
    assertEquals("b", properties.name(1));
  }

  @Test
  void tellsANullValueFromAMissingProperty() {
    Properties properties = new Properties.Builder().set("a", null).build();

    assertTrue(properties.contains("a"));
    assertNull(properties.get("a"));
    assertEquals(1, properties.size());
  }

  @Test
  void growsAndStaysInOrder() {
    Properties.Builder builder = new Properties.Builder();
    for (int i = 0; i < 100; i++) {
      builder.set("n" + i, "v" + i);
    }

    Properties properties = builder.build();

    assertEquals(100, properties.size());
    assertEquals("n99", properties.name(99));
    assertEquals("v42", properties.get("N42"));
  }

  @Test
  void isNotChangedByItsBuilder() {
    Properties.Builder builder = new Properties.Builder().set("a", "1");
    Properties properties = builder.build();

    builder.set("a", "2").set("b", "3");

    assertEquals("1", properties.get("a"));
    assertEquals(1, properties.size());
  }

  @Test
  void isEqualWhenNamesAndValuesAre() {
    Properties one = new Properties.Builder().set("a", "1").build();

    assertEquals(one, new Properties.Builder().set("a", "1").build());
    assertEquals(one.hashCode(), new Properties.Builder().set("a", "1").build().hashCode());
    assertNotEquals(one, new Properties.Builder().set("a", "2").build());
    assertSame(Properties.NONE, new Properties.Builder().build());
  }

  @Test
  void findsSystemPropertiesInAnyCase() {
    assertEquals(SystemProperty.CONTENT_TYPE, SystemProperty.byName("contentType"));
    assertEquals(SystemProperty.CONTENT_TYPE, SystemProperty.byName("CONTENTTYPE"));
    assertEquals(SystemProperty.CORRELATION_ID, SystemProperty.byName("cid"));
    assertNull(SystemProperty.byName("correlationId"));
    assertNull(SystemProperty.byName("$.mid"));
  }

  @Test
  void keepsTheLastOfDuplicateSystemProperties() {
    SystemProperties system =
        new SystemProperties.Builder()
            .set(SystemProperty.MESSAGE_ID, "1")
            .set(SystemProperty.MESSAGE_ID, "2")
            .build();

    assertEquals("2", system.get(SystemProperty.MESSAGE_ID));
    assertNull(system.get(SystemProperty.USER_ID));
    assertEquals(1, system.size());
    assertSame(SystemProperties.NONE, new SystemProperties.Builder().build());
  }

  @Test
  void numbersSystemPropertiesOnceAndAsOnTheDisk() {
    Set<Integer> numbers = new HashSet<>();
    Arrays.stream(SystemProperty.values()).forEach(property -> numbers.add(property.number()));

    assertEquals(SystemProperty.values().length, numbers.size());
    assertEquals(1, SystemProperty.MESSAGE_ID.number());
    assertEquals(2, SystemProperty.CORRELATION_ID.number());
    assertEquals(3, SystemProperty.USER_ID.number());
    assertEquals(4, SystemProperty.TO.number());
    assertEquals(5, SystemProperty.EXPIRY.number());
    assertEquals(6, SystemProperty.CONTENT_TYPE.number());
    assertEquals(7, SystemProperty.CONTENT_ENCODING.number());
    assertEquals(8, SystemProperty.MESSAGE_SCHEMA.number());
    assertEquals(9, SystemProperty.CREATION_TIME.number());
    assertEquals(10, SystemProperty.ACK.number());
    assertEquals(11, SystemProperty.OPERATION.number());
    assertEquals(12, SystemProperty.INTERFACE_ID.number());
    assertEquals(13, SystemProperty.COMPONENT.number());
    assertEquals(14, SystemProperty.MODEL_ID.number());
    assertNull(SystemProperty.byNumber(15));
    assertNull(SystemProperty.byNumber(255));
  }
}
