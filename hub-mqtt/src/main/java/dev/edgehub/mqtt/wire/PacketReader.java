package dev.edgehub.mqtt.wire;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what Netty's decoder framed into packets; a bad one becomes {@link MalformedPacket}. */
public final class PacketReader extends ChannelInboundHandlerAdapter {

  /** Of the CONNECT that was read. */
  private int level;

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

  private Packet read(MqttMessage message) {
    // a bad packet arrives as a message whose decoding failed
    if (message.decoderResult().isFailure()) {
      return failed(message.decoderResult().cause());
    }
    return switch (message.fixedHeader().messageType()) {
      case CONNECT -> connect((MqttConnectMessage) message);
      case PUBLISH -> publish((MqttPublishMessage) message);
      case PUBACK -> pubAck(message);
      case SUBSCRIBE -> subscribe((MqttSubscribeMessage) message);
      case UNSUBSCRIBE -> unsubscribe((MqttUnsubscribeMessage) message);
      case PINGREQ -> new Packet.PingReq();
      case DISCONNECT -> disconnect(message);
      default -> new Packet.Unexpected(message.fixedHeader().messageType().name());
    };
  }

  private static Packet failed(Throwable cause) {
    if (cause instanceof MqttUnacceptableProtocolVersionException) {
      // answered with its own CONNACK code; everything else in it is meaningless
      return new Packet.Connect(0, "", null, null, true, 0, null);
    }
    if (cause instanceof TooLongFrameException) {
      throw new MalformedPacket(
          Reason.PACKET_TOO_LARGE, "packet larger than allowed: " + cause.getMessage());
    }
    throw new MalformedPacket("not an MQTT packet: " + cause.getMessage());
  }

  private Packet connect(MqttConnectMessage message) {
    level = message.variableHeader().version();
    if (level < 5) {
      return connect(message, ConnectProperties.NONE);
    }
    try {
      requireExactly(message.fixedHeader().remainingLength(), size(message));
      return connect(message, PropertyReader.connect(message.variableHeader().properties()));
    } catch (MalformedPacket e) {
      // the one packet whose sender is told before it is known (MQTT 5, 4.13.1)
      return new Packet.BadConnect(ConnectCode.of(e.reason()), "" + e.getMessage());
    }
  }

  private static Packet connect(MqttConnectMessage message, ConnectProperties properties) {
    MqttConnectVariableHeader header = message.variableHeader();
    MqttConnectPayload payload = message.payload();
    String clientId = payload.clientIdentifier();
    String userName = payload.userName();
    return new Packet.Connect(
        header.version(),
        clientId == null ? "" : MqttText.checked(clientId),
        userName == null ? null : MqttText.checked(userName),
        payload.passwordInBytes(),
        header.isCleanSession(),
        header.keepAliveTimeSeconds(),
        will(header, payload),
        properties);
  }

  private static Packet.@Nullable Will will(
      MqttConnectVariableHeader header, MqttConnectPayload payload) {
    if (!header.isWillFlag()) {
      if (header.isWillRetain() || header.willQos() != 0) {
        throw new MalformedPacket("will flags without a will");
      }
      return null;
    }
    String topic = payload.willTopic();
    if (topic == null || header.willQos() > 2) {
      throw new MalformedPacket("a will of QoS 3, or a topic too long");
    }
    MqttProperties properties = payload.willProperties();
    return new Packet.Will(
        MqttText.checked(topic),
        header.willQos(),
        payload.willMessageInBytes(),
        header.isWillRetain(),
        PropertyReader.willDelay(properties),
        PropertyReader.will(properties));
  }

  private Packet publish(MqttPublishMessage message) {
    byte[] payload = new byte[message.payload().readableBytes()];
    message.payload().readBytes(payload);
    int qos = message.fixedHeader().qosLevel().value();
    String topic = MqttText.checked(message.variableHeader().topicName());
    return new Packet.Publish(
        topic,
        qos,
        message.fixedHeader().isDup(),
        message.fixedHeader().isRetain(),
        qos == 0 ? 0 : message.variableHeader().packetId(),
        payload,
        level < 5 ? null : publishProperties(message, topic, qos, payload.length));
  }

  private static PublishProperties publishProperties(
      MqttPublishMessage message, String topic, int qos, int payloadSize) {
    if (qos == 0 && message.fixedHeader().isDup()) {
      throw new MalformedPacket("a PUBLISH of QoS 0 that claims to be sent again");
    }
    MqttProperties properties = message.variableHeader().properties();
    if (!properties.isEmpty()) {
      requireExactly(
          message.fixedHeader().remainingLength(),
          2
              + ByteBufUtil.utf8Bytes(topic)
              + (qos > 0 ? 2 : 0)
              + PropertyReader.size(properties)
              + payloadSize);
    }
    return PropertyReader.publish(properties);
  }

  private Packet pubAck(MqttMessage message) {
    if (message.variableHeader() instanceof MqttPubReplyMessageVariableHeader header) {
      if (level >= 5) {
        PropertyReader.acknowledge(header.properties());
      }
      return new Packet.PubAck(header.messageId(), header.reasonCode() & 0xff);
    }
    return new Packet.PubAck(((MqttMessageIdVariableHeader) message.variableHeader()).messageId());
  }

  private Packet subscribe(MqttSubscribeMessage message) {
    List<Packet.Subscription> subscriptions =
        message.payload().topicSubscriptions().stream()
            .map(
                s ->
                    new Packet.Subscription(
                        MqttText.checked(s.topicFilter()), s.qualityOfService().value()))
            .toList();
    requireFilters(subscriptions);
    int id = message.variableHeader().messageId();
    if (level < 5) {
      return new Packet.Subscribe(id, subscriptions);
    }
    MqttProperties properties = properties(message);
    int size = 2 + PropertyReader.size(properties);
    for (Packet.Subscription subscription : subscriptions) {
      size += 3 + ByteBufUtil.utf8Bytes(subscription.filter());
    }
    requireExactly(message.fixedHeader().remainingLength(), size);
    return new Packet.Subscribe(id, subscriptions, PropertyReader.subscribe(properties));
  }

  private Packet unsubscribe(MqttUnsubscribeMessage message) {
    List<String> filters = message.payload().topics().stream().map(MqttText::checked).toList();
    requireFilters(filters);
    if (level >= 5) {
      MqttProperties properties = properties(message);
      int size = 2 + PropertyReader.size(properties);
      for (String filter : filters) {
        size += 2 + ByteBufUtil.utf8Bytes(filter);
      }
      requireExactly(message.fixedHeader().remainingLength(), size);
      PropertyReader.unsubscribe(properties);
    }
    return new Packet.Unsubscribe(message.variableHeader().messageId(), filters);
  }

  private static MqttProperties properties(MqttMessage message) {
    return message.variableHeader() instanceof MqttMessageIdAndPropertiesVariableHeader header
        ? header.properties()
        : MqttProperties.NO_PROPERTIES;
  }

  private Packet disconnect(MqttMessage message) {
    if (level >= 5
        && message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header) {
      int length = message.fixedHeader().remainingLength();
      if (length > 1) {
        requireExactly(length, 1 + PropertyReader.size(header.properties()));
      }
      return new Packet.Disconnect(
          header.reasonCode() & 0xff, PropertyReader.disconnect(header.properties()));
    }
    return new Packet.Disconnect();
  }

  /** MQTT-3.8.3-3 and MQTT-3.10.3-2, which Netty's decoder leaves to us. */
  private static void requireFilters(List<?> filters) {
    if (filters.isEmpty()) {
      throw new MalformedPacket(
          Reason.PROTOCOL_ERROR, "a SUBSCRIBE or UNSUBSCRIBE without a filter");
    }
  }

  /** What a CONNECT of MQTT 5 takes when nothing is in it twice. */
  private static int size(MqttConnectMessage message) {
    MqttConnectVariableHeader header = message.variableHeader();
    MqttConnectPayload payload = message.payload();
    int size = 10 + PropertyReader.size(header.properties()) + textSize(payload.clientIdentifier());
    if (header.isWillFlag()) {
      size += PropertyReader.size(payload.willProperties());
      size += textSize(payload.willTopic());
      size += bytesSize(payload.willMessageInBytes());
    }
    if (header.hasUserName()) {
      size += textSize(payload.userName());
    }
    return header.hasPassword() ? size + bytesSize(payload.passwordInBytes()) : size;
  }

  private static int textSize(@Nullable String text) {
    return text == null ? 2 : 2 + ByteBufUtil.utf8Bytes(text);
  }

  private static int bytesSize(byte @Nullable [] bytes) {
    return bytes == null ? 2 : 2 + bytes.length;
  }

  private static void requireExactly(int found, int expected) {
    if (found != expected) {
      throw new MalformedPacket(
          Reason.PROTOCOL_ERROR,
          "a packet of "
              + found
              + " bytes whose parts make up "
              + expected
              + ": a property given twice, or a number written longer than need be");
    }
  }
}
