package dev.edgehub.mqtt.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what Netty's decoder framed into packets; a bad one becomes {@link MalformedPacket}. */
public final class PacketReader extends ChannelInboundHandlerAdapter {

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Packet packet;
    try {
      packet = read((MqttMessage) message);
    } finally {
      ReferenceCountUtil.release(message);
    }
    ctx.fireChannelRead(packet);
  }

  private static Packet read(MqttMessage message) {
    // a bad packet arrives as a message whose decoding failed
    if (message.decoderResult().isFailure()) {
      return failed(message.decoderResult().cause());
    }
    return switch (message.fixedHeader().messageType()) {
      case CONNECT -> connect((MqttConnectMessage) message);
      case PUBLISH -> publish((MqttPublishMessage) message);
      case PUBACK -> new Packet.PubAck(id(message));
      case SUBSCRIBE -> subscribe((MqttSubscribeMessage) message);
      case UNSUBSCRIBE -> unsubscribe((MqttUnsubscribeMessage) message);
      case PINGREQ -> new Packet.PingReq();
      case DISCONNECT -> new Packet.Disconnect();
      default -> new Packet.Unexpected(message.fixedHeader().messageType().name());
    };
  }

  private static Packet failed(Throwable cause) {
    if (cause instanceof MqttUnacceptableProtocolVersionException) {
      // answered with its own CONNACK code; everything else in it is meaningless
      return new Packet.Connect(0, "", null, null, true, 0, null);
    }
    if (cause instanceof TooLongFrameException) {
      throw new MalformedPacket("packet larger than allowed: " + cause.getMessage());
    }
    throw new MalformedPacket("not an MQTT packet: " + cause.getMessage());
  }

  private static Packet connect(MqttConnectMessage message) {
    MqttConnectVariableHeader header = message.variableHeader();
    MqttConnectPayload payload = message.payload();
    return new Packet.Connect(
        header.version(),
        payload.clientIdentifier() == null ? "" : Utf8Text.checked(payload.clientIdentifier()),
        payload.userName() == null ? null : Utf8Text.checked(payload.userName()),
        payload.passwordInBytes(),
        header.isCleanSession(),
        header.keepAliveTimeSeconds(),
        will(header, payload));
  }

  private static Packet.@Nullable Will will(
      MqttConnectVariableHeader header, MqttConnectPayload payload) {
    if (!header.isWillFlag()) {
      return null;
    }
    String topic = payload.willTopic();
    if (topic == null) { // Netty's way to say that it is too long
      throw new MalformedPacket("a will whose topic is longer than 32767 bytes");
    }
    return new Packet.Will(
        Utf8Text.checked(topic), payload.willMessageInBytes(), header.isWillRetain());
  }

  private static Packet publish(MqttPublishMessage message) {
    byte[] payload = new byte[message.payload().readableBytes()];
    message.payload().readBytes(payload);
    int qos = message.fixedHeader().qosLevel().value();
    return new Packet.Publish(
        Utf8Text.checked(message.variableHeader().topicName()),
        qos,
        message.fixedHeader().isDup(),
        message.fixedHeader().isRetain(),
        qos == 0 ? 0 : message.variableHeader().packetId(),
        payload);
  }

  private static Packet subscribe(MqttSubscribeMessage message) {
    List<Packet.Subscription> subscriptions =
        message.payload().topicSubscriptions().stream()
            .map(
                s ->
                    new Packet.Subscription(
                        Utf8Text.checked(s.topicFilter()), s.qualityOfService().value()))
            .toList();
    requireFilters(subscriptions);
    return new Packet.Subscribe(message.variableHeader().messageId(), subscriptions);
  }

  private static Packet unsubscribe(MqttUnsubscribeMessage message) {
    List<String> filters = List.copyOf(message.payload().topics());
    requireFilters(filters);
    return new Packet.Unsubscribe(message.variableHeader().messageId(), filters);
  }

  /** MQTT-3.8.3-3 and MQTT-3.10.3-2, which Netty's decoder leaves to us. */
  private static void requireFilters(List<?> filters) {
    if (filters.isEmpty()) {
      throw new MalformedPacket("a SUBSCRIBE or UNSUBSCRIBE without a filter");
    }
  }

  private static int id(MqttMessage message) {
    return ((MqttMessageIdVariableHeader) message.variableHeader()).messageId();
  }
}
