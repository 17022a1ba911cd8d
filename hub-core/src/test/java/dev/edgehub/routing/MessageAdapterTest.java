package dev.edgehub.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.message.EdgeMessageId;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageSource;
import dev.edgehub.message.Properties;
import dev.edgehub.message.SystemProperties;
import dev.edgehub.message.SystemProperty;
import dev.edgehub.routing.body.BodyPaths;
import dev.edgehub.testing.MessageFixtures;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageAdapterTest {

  private static MessageAdapter view(Message message) {
    return new MessageAdapter(message, new BodyPaths(List.of()));
  }

  @Test
  void knowsWhatTheHubKnowsOfAModulesMessage() {
    MessageAdapter view =
        view(MessageFixtures.message(MessageSource.of(MessageFixtures.PROBE, "alerts"), "x"));

    assertEquals("edge-01", view.systemProperty("connectionDeviceId"));
    assertEquals("probe", view.systemProperty("CONNECTIONMODULEID"));
    assertEquals("alerts", view.systemProperty("outputName"));
    assertEquals("internal", view.systemProperty("edgeHubOriginInterface"));
    assertEquals("0000000000000007-1", view.systemProperty("edgeMessageId"));
  }

  @Test
  void knowsThatADevicesMessageHasNoModule() {
    MessageAdapter view = view(MessageFixtures.message("x"));

    assertEquals("leaf-9", view.systemProperty("connectionDeviceId"));
    assertEquals("downstream", view.systemProperty("edgeHubOriginInterface"));
    assertFalse(view.hasSystemProperty("connectionModuleId"));
    assertNull(view.systemProperty("outputName"));
    assertNull(view.systemProperty("nope"));
  }

  @Test
  void tellsANullPropertyFromAMissingOne() {
    Message message =
        new Message(
            new EdgeMessageId(1, 1),
            MessageSource.of(MessageFixtures.LEAF),
            new SystemProperties.Builder().set(SystemProperty.MESSAGE_ID, "m-1").build(),
            new Properties.Builder().set("Empty", null).set("site", "North7").build(),
            new byte[0]);
    MessageAdapter view = view(message);

    assertTrue(view.hasProperty("empty"));
    assertNull(view.property("EMPTY"));
    assertFalse(view.hasProperty("nope"));
    assertEquals("North7", view.property("SITE"));
    assertEquals("m-1", view.systemProperty("messageid"));
    assertNull(view.systemProperty("$.mid"));
  }
}
