package dev.edgehub.mqtt.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The user name's forms (protocol reference, section 2.2). */
final class UserNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hub.net/dev1/?api-version=2021-04-12                         | dev1      | 2021-04-12",
        "hub.net/dev1/mod1/?api-version=2021-04-12                    | dev1/mod1 | 2021-04-12",
        "hub.net/dev1/api-version=2016-11-14                          | dev1      | 2016-11-14",
        "hub.net/dev1/mod1/api-version=2016-11-14                     | dev1/mod1 | 2016-11-14",
        "hub.net/dev1/mod1/DeviceClientType=x&api-version=1           | dev1/mod1 | 1",
        "hub.net/dev1?api-version=2018-06-30                          | dev1      | 2018-06-30",
        "hub.net/dev1/mod1?api-version=2018-06-30                     | dev1/mod1 | 2018-06-30",
        "h/d/?api-version=1&api-version=2                             | d         | 1",
        "h/d/?api%2Dversion=9&api-version=1                           | d         | 1",
        "h/d/?unknown=1&api-version=%31                               | d         | 1",
        "h/d/?api-version=1&&=x&y                                     | d         | 1",
        "h/$edge.Hub:a_b-c/?api-version=1                             | $edge.Hub:a_b-c | 1",
        "h/dev?1/?api-version=1                                       | dev?1     | 1",
        "h/dev?1/mod?2/?api-version=1                                 | dev?1/mod?2 | 1",
        "h/?dev/?api-version=1                                        | ?dev      | 1",
        "h/?d/?m/?api-version=1                                       | ?d/?m     | 1",
        "h/d/?m/api-version=1                                         | d/?m      | 1",
        "h/dev?1?api-version=1                                        | dev?1     | 1",
        "h/d/m/?api-version=1&DeviceClientType=a/b                    | d/m       | 1",
        "h/d/m/?DeviceClientType=a/b?c&api-version=1                  | d/m       | 1",
        "h/d/?api-version=1&x=a?b                                     | d         | 1",
      })
  void reads(String text, String id, String version) {
    UserName read = UserName.parse(text).orElseThrow();

    assertEquals(id, read.identity().id());
    assertEquals(version, read.properties().get("api-version"));
  }

  @Test
  void readsTheLegacyClientWithASlashAmongItsProperties() {
    UserName read =
        UserName.parse(
                "h/d/m/api-version=2017-06-30"
                    + "/DeviceClientType=Microsoft.Azure.Devices.Client/1.5.1-preview-003")
            .orElseThrow();

    assertEquals("d/m", read.identity().id());
    assertEquals("2017-06-30", read.properties().get("api-version"));
    assertEquals(
        "Microsoft.Azure.Devices.Client/1.5.1-preview-003",
        read.properties().get("DeviceClientType"));
  }

  @Test
  void readsTheChainOfHubsThatAClientComesThrough() {
    UserName leaf =
        UserName.parse("h/leaf1/?api-version=1&auth-chain=leaf1%3BedgeL3%3bedgeL4").orElseThrow();
    UserName hub =
        UserName.parse("h/l3/$edgeHub/?api-version=1&auth-chain=l3/$edgeHub;l3").orElseThrow();

    assertEquals(List.of("leaf1", "edgeL3", "edgeL4"), leaf.authChain());
    assertTrue(leaf.actsForAnother());
    assertFalse(hub.actsForAnother());
    assertFalse(UserName.parse("h/d/?api-version=1").orElseThrow().actsForAnother());
  }

  @ParameterizedTest
  @CsvSource({
    "h/dev+1/?api-version=1, wildcards in MQTT topics",
    "h/d/m#1/?api-version=1, wildcards in MQTT topics",
    "h/../?api-version=1, an id that cannot be one",
    "h/d/.. /?api-version=1, an id that cannot be one",
    "h/d\\\\x/?api-version=1, an id that cannot be one",
    "h/d%00/?api=1, no api-version",
    "h/d/m/x/?api-version=1, 3 ids",
    "h/d, another form",
  })
  void saysWhatIsWrong(String text, String what) {
    assertTrue(UserName.parse(text).isEmpty());
    assertTrue(UserName.whatIsWrong(text).contains(what), UserName.whatIsWrong(text));
  }

  @Test
  void decodesWhatTheSdkSaysOfItselfWithoutTakingPlusForABlank() {
    UserName read =
        UserName.parse(
                "h/d/m/?api-version=2021-04-12"
                    + "&DeviceClientType=azure-iot-device%2F1.18.4%20(node+v18)"
                    + "&model-id=dtmi:com:example:T;1")
            .orElseThrow();

    assertEquals("azure-iot-device/1.18.4 (node+v18)", read.properties().get("DeviceClientType"));
    assertEquals("dtmi:com:example:T;1", read.properties().get("model-id"));
  }

  @Test
  void takesABrokenEscapeAsItIs() {
    UserName read = UserName.parse("h/d/?api-version=1&DeviceClientType=100%").orElseThrow();

    assertEquals("100%", read.properties().get("DeviceClientType"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hub.net",
        "hub.net/dev1",
        "hub.net/dev1/",
        "hub.net/dev1/mod1",
        "hub.net/dev1/?",
        "hub.net/dev1/?api-version=",
        "hub.net/dev1/?api-version",
        "hub.net/dev1/?API-VERSION=1",
        "hub.net/?api-version=1",
        "hub.net/api-version=1",
        "/dev1/?api-version=1",
        "//?api-version=1",
        "hub.net//mod1/?api-version=1",
        "hub.net/dev1//?api-version=1",
        "hub.net/dev1/mod1/more/?api-version=1",
        "hub.net/dev1/mod1/more/api-version=1",
        "hub.net/dev 1/?api-version=1",
        "hub.net/dev+1/?api-version=1",
        "hub.net/dev#1/?api-version=1",
        "?api-version=1",
        "hub.net/../?api-version=1",
        "hub.net/d\\e/?api-version=1",
        "hub.net/d/m/api-version=1/DeviceClientType=x",
      })
  void refuses(String text) {
    assertTrue(UserName.parse(text).isEmpty());
  }

  @Test
  void refusesWhatIsTooLong() {
    assertTrue(UserName.parse("h/d/?api-version=1&x=" + "y".repeat(5_000)).isEmpty());
    assertTrue(UserName.parse("h/" + "d".repeat(65_000) + "/?api-version=1").isEmpty());
    assertTrue(UserName.parse("h/" + "d".repeat(129) + "/?api-version=1").isEmpty());
  }
}
