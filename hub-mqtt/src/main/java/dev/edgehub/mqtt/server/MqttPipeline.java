package dev.edgehub.mqtt.server;

import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.session.SessionHandler;
import dev.edgehub.mqtt.session.SessionServices;
import dev.edgehub.mqtt.wire.PacketReader;
import dev.edgehub.mqtt.wire.PacketWriter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import java.util.function.Supplier;

/** What bytes pass through on their way to a session and back. */
public final class MqttPipeline {

  /** The largest packet of a peer that has not been let in. */
  public static final int MAX_BYTES_BEFORE_CONNECT = 16 << 10;

  /** A topic of the greatest length and the rest of a PUBLISH header. */
  private static final int TOPIC_AND_HEADER = (64 << 10) + 16;

  private static final String DECODER = "decoder";
  private static final PacketWriter WRITER = new PacketWriter();

  private MqttPipeline() {}

  /** The largest packet of a peer that has been let in. */
  public static int maxPacket(SessionServices services) {
    return services.limits().messageSize() + TOPIC_AND_HEADER;
  }

  /**
   * Adds MQTT to the end of a pipeline that carries its bytes.
   *
   * @param origin asked once, when CONNECT has come
   * @param onConnected told on the event loop when the client is let in
   */
  public static void build(
      ChannelPipeline pipeline,
      SessionServices services,
      Supplier<Origin> origin,
      Runnable onConnected) {
    pipeline.addLast(DECODER, new MqttDecoder(MAX_BYTES_BEFORE_CONNECT));
    pipeline.addLast(WRITER);
    pipeline.addLast(new PacketReader());
    pipeline.addLast(
        new SessionHandler(
            services,
            origin,
            () -> {
              pipeline.replace(DECODER, DECODER, new MqttDecoder(maxPacket(services)));
              onConnected.run();
            }));
  }
}
