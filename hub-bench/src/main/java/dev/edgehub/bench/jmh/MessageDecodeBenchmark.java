package dev.edgehub.bench.jmh;

import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageCodec;
import dev.edgehub.message.UnreadableMessageException;
import dev.edgehub.mqtt.topic.HubTopics;
import dev.edgehub.mqtt.wire.PacketReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** From bytes on the wire to a message, and from a message to stored bytes and back. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class MessageDecodeBenchmark {

  private static final String TOPIC =
      "devices/edge/modules/sensor/messages/events/"
          + "%24.on=out&%24.ct=application%2Fjson&%24.ce=utf-8&level=warning&site=north";

  private final Identity sender = new Identity.Module("edge", "sensor");
  private final Message message = Fixtures.message();
  private final byte[] stored = MessageCodec.encode(message);
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new MqttDecoder(1 << 20), new PacketReader());
  private ByteBuf packet = Unpooled.EMPTY_BUFFER;

  @Setup
  public void buildPacket() {
    byte[] topic = TOPIC.getBytes(StandardCharsets.UTF_8);
    int remaining = 2 + topic.length + 2 + message.body().length;
    packet = Unpooled.directBuffer();
    packet.writeByte(0x32).writeByte((remaining & 0x7f) | 0x80).writeByte(remaining >> 7);
    packet.writeShort(topic.length).writeBytes(topic).writeShort(7).writeBytes(message.body());
  }

  @Benchmark
  public Object packet() {
    channel.writeInbound(packet.retainedDuplicate());
    return channel.readInbound();
  }

  @Benchmark
  public Object topic() {
    return Objects.requireNonNull(HubTopics.telemetry(TOPIC, sender, false, false));
  }

  @Benchmark
  public byte[] encodeStored() {
    return MessageCodec.encode(message);
  }

  @Benchmark
  public Message decodeStored() throws UnreadableMessageException {
    return MessageCodec.decode(stored);
  }

  @TearDown
  public void close() {
    channel.finishAndReleaseAll();
    packet.release();
  }
}
