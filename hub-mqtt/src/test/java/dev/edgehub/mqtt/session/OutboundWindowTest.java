package dev.edgehub.mqtt.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.delivery.Delivery;
import dev.edgehub.delivery.DeliveryOutcome;
import dev.edgehub.message.EdgeMessageId;
import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageSource;
import dev.edgehub.message.Properties;
import dev.edgehub.message.SinkId;
import dev.edgehub.message.SystemProperties;
import dev.edgehub.mqtt.topic.TopicFilter;
import dev.edgehub.mqtt.wire.ConnectProperties;
import dev.edgehub.mqtt.wire.Packet;
import dev.edgehub.mqtt.wire.PublishProperties;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OutboundWindowTest {

  private static final Identity.Module MODULE = new Identity.Module("edge", "filter");
  private static final Subscriptions ALL =
      Subscriptions.NONE.with(
          TopicFilter.parse("devices/edge/modules/filter/inputs/#").orElseThrow(), 1);

  private static final Terms TERMS =
      Terms.of(new Packet.Connect(4, "edge/filter", null, null, false, 0, null));

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final OutboundWindow window = new OutboundWindow(channel, MODULE, false, TERMS);

  @Test
  void isAcceptedOnItsOwnPubAckOnly() {
    Attempt first = new Attempt("a", false);
    Attempt second = new Attempt("b", true);
    window.deliver(List.of(first, second), ALL);
    Packet.Publish sentFirst = channel.readOutbound();
    Packet.Publish sentSecond = channel.readOutbound();

    window.acknowledged(sentSecond.packetId(), 0);
    window.acknowledged(12_345, 0);

    assertNull(first.outcome);
    assertEquals(DeliveryOutcome.ACCEPTED, second.outcome);
    assertTrue(!sentFirst.duplicate() && sentSecond.duplicate());
    assertEquals(1, window.unanswered());
  }

  @Test
  void tellsWhatWasSentFromWhatWasNotWhenTheConnectionEnds() {
    Attempt attempt = new Attempt("a", false);
    window.deliver(List.of(attempt), ALL);

    window.close();
    Attempt late = new Attempt("b", false);
    window.deliver(List.of(late), ALL);

    assertInstanceOf(DeliveryOutcome.Closed.class, attempt.outcome);
    assertEquals(DeliveryOutcome.GONE, late.outcome);
  }

  @Test
  void isGoneWhenNobodyListensAnyMore() {
    Attempt attempt = new Attempt("a", false);

    window.deliver(List.of(attempt), Subscriptions.NONE);

    assertEquals(DeliveryOutcome.GONE, attempt.outcome);
    assertNull(channel.readOutbound());
  }

  @Test
  void refusesWhatMakesATopicTooLong() {
    Attempt attempt = new Attempt("€".repeat(8_000), false);

    window.deliver(List.of(attempt), ALL);

    assertInstanceOf(DeliveryOutcome.Refused.class, attempt.outcome);
    assertNull(channel.readOutbound());
  }

  @Test
  void keepsToTheReceiveMaximumOfTheClient() {
    OutboundWindow narrow = five(2, Long.MAX_VALUE);
    narrow.deliver(
        List.of(new Attempt("a", false), new Attempt("b", false), new Attempt("c", false)), ALL);
    Packet.Publish first = channel.readOutbound();
    assertNotNull(channel.readOutbound());
    assertNull(channel.readOutbound());

    narrow.acknowledged(first.packetId(), 0);
    narrow.write(ALL);

    assertNotNull(channel.readOutbound());
  }

  @Test
  void refusesWhatIsLargerThanTheClientTakes() {
    Attempt attempt = new Attempt("a", false);
    OutboundWindow small = five(10, 100);

    small.deliver(List.of(attempt), ALL);

    DeliveryOutcome.Refused refused =
        assertInstanceOf(DeliveryOutcome.Refused.class, attempt.outcome);
    assertTrue(refused.why().startsWith("too large for its sink"), refused.why());
    assertNull(channel.readOutbound());
    assertEquals(0, small.unanswered());
  }

  @Test
  void tellsWhatIsLeftOfTheTimeToLive() {
    five(10, Long.MAX_VALUE).deliver(List.of(new Attempt("a", false)), ALL);

    Packet.Publish sent = channel.readOutbound();
    PublishProperties properties = sent.properties();
    assertNotNull(properties);
    assertEquals(5, properties.expirySeconds());
  }

  @Test
  void aRefusalOfTheClientIsFinalUnlessItsQuotaIsUsedUp() {
    Attempt first = new Attempt("a", false);
    Attempt second = new Attempt("b", false);
    OutboundWindow other = five(10, Long.MAX_VALUE);
    other.deliver(List.of(first, second), ALL);
    Packet.Publish sentFirst = channel.readOutbound();
    Packet.Publish sentSecond = channel.readOutbound();

    other.acknowledged(sentFirst.packetId(), 0x99);
    other.acknowledged(sentSecond.packetId(), 0x97);

    assertInstanceOf(DeliveryOutcome.Refused.class, first.outcome);
    assertInstanceOf(DeliveryOutcome.Retry.class, second.outcome);
  }

  private OutboundWindow five(int receiveMaximum, long maximumPacketSize) {
    ConnectProperties properties =
        new ConnectProperties(0, receiveMaximum, maximumPacketSize, true, null);
    Packet.Connect connect =
        new Packet.Connect(5, "edge/filter", null, null, true, 0, null, properties);
    return new OutboundWindow(channel, MODULE, false, Terms.of(connect));
  }

  @Test
  void waitsWhileTheSocketTakesNoMore() {
    Attempt attempt = new Attempt("a", false);
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    window.deliver(List.of(attempt), ALL);
    assertNull(channel.readOutbound());

    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    window.write(ALL);

    assertInstanceOf(Packet.Publish.class, channel.readOutbound());
  }

  @Test
  void packetIdsAreUniqueWhileInUseAndComeAround() {
    PacketIds<String> ids = new PacketIds<>();
    Set<Integer> seen = new HashSet<>();
    for (int i = 0; i < 65_535; i++) {
      int id = ids.take("x");
      assertTrue(id >= 1 && id <= 65_535 && seen.add(id), () -> "id " + id);
    }

    assertEquals(65_535, ids.size());
    assertEquals("x", ids.release(40_000));
    assertNull(ids.release(40_000));
    assertEquals(40_000, ids.take("again"));
  }

  @Test
  void packetIdsStartAgainAtOne() {
    PacketIds<String> ids = new PacketIds<>();
    for (int i = 0; i < 65_535; i++) {
      ids.release(ids.take("x"));
    }

    assertEquals(1, ids.take("y"));
  }

  private static final class Attempt implements Delivery {
    private final Message message;
    private final boolean repeated;
    private @Nullable DeliveryOutcome outcome;

    Attempt(String value, boolean repeated) {
      this.repeated = repeated;
      message =
          new Message(
              new EdgeMessageId(1, 1),
              MessageSource.of(MODULE, null),
              SystemProperties.NONE,
              new Properties.Builder().set("a", value).build(),
              new byte[0]);
    }

    @Override
    public Message message() {
      return message;
    }

    @Override
    public SinkId sink() {
      return new SinkId.ModuleInput("filter", "in1");
    }

    @Override
    public long remainingMillis() {
      return 4_001;
    }

    @Override
    public boolean repeated() {
      return repeated;
    }

    @Override
    public void complete(DeliveryOutcome how) {
      outcome = how;
    }
  }
}
