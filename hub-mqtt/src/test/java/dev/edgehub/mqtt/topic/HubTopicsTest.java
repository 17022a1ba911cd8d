package dev.edgehub.mqtt.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.edgehub.message.Identity;
import dev.edgehub.message.SystemProperty;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HubTopicsTest {

  private static final Identity LEAF = new Identity.Device("leaf2");
  private static final Identity MODULE = new Identity.Module("dev1", "mod1");
  private static final String EVENTS = "devices/dev1/modules/mod1/messages/events";

  @Test
  void readsWhatTheNodeSdkSends() {
    HubTopics.Telemetry read =
        module(
            EVENTS
                + "/%24.on=out1&%24.mid=id%201&%24.ct=application%2Fjson&%24.ce=utf-8"
                + "&k%20y=v%2F1%2B2%263%3D%C3%A9/");

    assertEquals("/messages/modules/mod1/outputs/out1/", read.source().path());
    assertEquals("[id 1, null, application/json, utf-8]", system(read));
    assertEquals("[k y, v/1+2&3=é]", read.properties().toString());
  }

  @Test
  void readsWhatTheJavaSdkSends() {
    HubTopics.Telemetry read =
        module(
            EVENTS
                + "/$.mid=id%201&$.cid=c&$.on=out1&$.cdid=dev1&$.cmid=modJ&$.ce=utf-8"
                + "&$.ct=application%2Fjson&k%20y=v%2F1%2B2%263/");

    assertEquals("/messages/modules/mod1/outputs/out1/", read.source().path());
    assertEquals("[id 1, c, application/json, utf-8]", system(read));
    assertEquals("[k y, v/1+2&3]", read.properties().toString());
  }

  @Test
  void readsWhatAJavaLeafDeviceSends() {
    HubTopics.Telemetry read =
        HubTopics.telemetry(
            "devices/leaf2/messages/events/$.mid=m&$.cid=c&$.cdid=leaf2&$.ct=UTF-8&p=v",
            LEAF,
            false,
            false);

    assertNotNull(read);
    assertEquals("/messages/", read.source().path());
    assertEquals("[m, c, UTF-8, null]", system(read));
    assertEquals("[p, v]", read.properties().toString());
  }

  @ParameterizedTest
  @CsvSource({"''", "/", "//", "/?", "/?/"})
  void readsTopicsWithoutABag(String ending) {
    HubTopics.Telemetry read = module(EVENTS + ending);

    assertEquals("/messages/modules/mod1/", read.source().path());
    assertEquals(0, read.properties().size());
  }

  @ParameterizedTest
  @CsvSource({
    "/a=1, '[a, 1]'",
    "/a=1/, '[a, 1]'",
    "/?a=1, '[a, 1]'",
    "/?a=1/, '[a, 1]'",
    "/a=x/y/z, '[a, x/y/z]'",
    "/a=x/y/, '[a, x/y]'",
    "/a=x//, '[a, x/]'",
    "/a=?, '[a, ?]'",
  })
  void takesTheRestOfTheTopicAsTheBag(String ending, String properties) {
    assertEquals(properties, module(EVENTS + ending).properties().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "devices/dev1/modules/mod2/messages/events/",
    "devices/dev2/modules/mod1/messages/events/",
    "devices/dev1/messages/events/",
    "devices/dev1/modules/mod1/messages/eventsx",
    "devices/dev1/modules/mod1/messages/event",
    "devices/dev1/modules/mod1/inputs/in1/",
    "devices/dev1/modules/mod1",
    "Devices/dev1/modules/mod1/messages/events/",
    "/devices/dev1/modules/mod1/messages/events/",
    "$iothub/twin/GET/?$rid=1",
    "plain/topic",
    "''",
  })
  void anotherTopicIsNone(String topic) {
    assertNull(HubTopics.telemetry(topic, MODULE, false, false));
  }

  @Test
  void aBagOfTooManyPairsMakesNoTelemetry() {
    assertNull(
        HubTopics.telemetry(
            EVENTS + "/" + "a=1&".repeat(PropertyBag.MAX_PAIRS + 1), MODULE, false, false));
  }

  private static HubTopics.Telemetry module(String topic) {
    HubTopics.Telemetry read = HubTopics.telemetry(topic, MODULE, false, false);
    assertNotNull(read, topic);
    return read;
  }

  private static String system(HubTopics.Telemetry read) {
    List<String> values = new ArrayList<>();
    for (SystemProperty property :
        List.of(
            SystemProperty.MESSAGE_ID,
            SystemProperty.CORRELATION_ID,
            SystemProperty.CONTENT_TYPE,
            SystemProperty.CONTENT_ENCODING)) {
      values.add(read.system().get(property));
    }
    return values.toString();
  }
}
