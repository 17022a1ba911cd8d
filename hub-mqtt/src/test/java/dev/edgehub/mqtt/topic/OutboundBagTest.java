package dev.edgehub.mqtt.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.message.EdgeMessageId;
import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageSource;
import dev.edgehub.message.Properties;
import dev.edgehub.message.SinkId;
import dev.edgehub.message.SystemProperties;
import dev.edgehub.message.SystemProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topics as the hub sends them (protocol reference, section 4.1). */
final class OutboundBagTest {

  private static final Identity.Module RECEIVER = new Identity.Module("edge", "filter");
  private static final SinkId.ModuleInput INPUT = new SinkId.ModuleInput("filter", "in1");
  private static final String ID = "edgeMessageId=0000000000000001-7";

  private final SystemProperties.Builder system = new SystemProperties.Builder();
  private final Properties.Builder properties = new Properties.Builder();
  private MessageSource source = MessageSource.of(new Identity.Module("edge", "sensor"), "out1");

  @Test
  void deliveryBeginsWithTheEncodedSender() {
    system.set(SystemProperty.MESSAGE_ID, "id 1");
    properties.set("a", "1");

    assertEquals(
        "devices/edge/modules/filter/inputs/in1/"
            + "%24.cdid=edge&%24.cmid=sensor&%24.mid=id%201&a=1&"
            + ID,
        delivery(false));
  }

  @Test
  void deliveryFromALeafDeviceNamesNoModule() {
    source = MessageSource.of(new Identity.Device("leaf"));

    assertEquals("devices/edge/modules/filter/inputs/in1/%24.cdid=leaf&" + ID, delivery(false));
  }

  @Test
  void encodesNamesAndValues() {
    source = MessageSource.of(new Identity.Device("le=a,f$"));
    properties.set("k /+y", "v&=#%é");

    assertEquals(
        "devices/edge/modules/filter/inputs/in1/"
            + "%24.cdid=le%3Da%2Cf%24&k%20%2F%2By=v%26%3D%23%25%C3%A9&"
            + ID,
        delivery(false));
  }

  @Test
  void keepsEmptyAndNullValuesForMostClients() {
    properties.set("empty", "").set("bare", null);

    assertEquals("%24.cdid=edge&%24.cmid=sensor&empty=&bare&" + ID, bag(delivery(false)));
  }

  @Test
  void leavesEmptyAndNullValuesOutForTheJavaSdk() {
    system.set(SystemProperty.CORRELATION_ID, "");
    properties.set("empty", "").set("bare", null).set("full", "x");

    assertEquals("%24.cdid=edge&%24.cmid=sensor&full=x&" + ID, bag(delivery(true)));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T03:04:05Z, 2026-01-02T03:04:05.0000000Z",
    "2026-01-02T03:04:05.1234567Z, 2026-01-02T03:04:05.1234567Z",
    "2026-01-02T03:04:05.123456789Z, 2026-01-02T03:04:05.1234567Z",
    "2026-01-02T03:04:05.5+02:00, 2026-01-02T01:04:05.5000000Z",
    "2026-01-02T03:04Z, 2026-01-02T03:04:00.0000000Z",
  })
  void writesTimesWithSevenDigits(String time, String written) {
    system.set(SystemProperty.CREATION_TIME, time).set(SystemProperty.EXPIRY, time);
    String encoded = written.replace(":", "%3A");

    assertEquals(
        "%24.cdid=edge&%24.cmid=sensor&%24.exp=" + encoded + "&%24.ctime=" + encoded + "&" + ID,
        bag(delivery(false)));
  }

  @ParameterizedTest
  @CsvSource({"yesterday", "2026-01-02", "2026-01-02T03:04:05", "''", "2026-13-02T03:04:05Z"})
  void leavesOutWhatIsNoTime(String time) {
    system.set(SystemProperty.CREATION_TIME, time);

    assertEquals("%24.cdid=edge&%24.cmid=sensor&" + ID, bag(delivery(false)));
  }

  @ParameterizedTest
  @CsvSource({"edgeMessageId", "EDGEMESSAGEID"})
  void keepsTheIdThatTheFirstHubGave(String name) {
    properties.set(name, "abc-1");

    assertEquals("%24.cdid=edge&%24.cmid=sensor&" + name + "=abc-1", bag(delivery(false)));
  }

  @Test
  void upstreamTopicNamesTheSenderAndItsOutput() {
    system.set(SystemProperty.MESSAGE_ID, "m").set(SystemProperty.INTERFACE_ID, "urn:x");
    properties.set("a", "").set("b", null);

    assertEquals(
        "devices/edge/modules/sensor/messages/events/"
            + "%24.on=out1&%24.mid=m&%24.ifid=urn%3Ax&a=&b&"
            + ID,
        HubTopics.upstream(message()));
  }

  @Test
  void upstreamTopicOfALeafDeviceHasNoOutput() {
    source = MessageSource.of(new Identity.Device("leaf"));

    assertEquals("devices/leaf/messages/events/" + ID, HubTopics.upstream(message()));
  }

  @Test
  void aParentReadsBackWhatWasSentUpstream() {
    system.set(SystemProperty.CONTENT_TYPE, "application/json");
    properties.set("k y", "v/1+2&3=é").set("empty", "").set("bare", null);

    HubTopics.Telemetry read =
        HubTopics.telemetry(HubTopics.upstream(message()), source.sender(), false, false);

    assertEquals(source, read.source());
    assertEquals("application/json", read.system().get(SystemProperty.CONTENT_TYPE));
    assertEquals(
        "[k y, v/1+2&3=é, empty, , bare, null, edgeMessageId, 0000000000000001-7]",
        read.properties().toString());
  }

  private String delivery(boolean omitEmpty) {
    return HubTopics.delivery(RECEIVER, INPUT, message(), omitEmpty);
  }

  private static String bag(String topic) {
    return topic.substring(topic.lastIndexOf('/') + 1);
  }

  private Message message() {
    return new Message(
        new EdgeMessageId(1, 7), source, system.build(), properties.build(), new byte[0]);
  }
}
