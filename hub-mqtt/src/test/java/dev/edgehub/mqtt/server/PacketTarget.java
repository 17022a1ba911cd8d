package dev.edgehub.mqtt.server;

import dev.edgehub.fuzz.Bounds;
import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.session.SessionServices;
import dev.edgehub.mqtt.testing.Config;
import dev.edgehub.mqtt.testing.CountedBuffers;
import dev.edgehub.mqtt.testing.HeldStore;
import dev.edgehub.mqtt.testing.Manifests;
import dev.edgehub.mqtt.testing.MemoryDocuments;
import dev.edgehub.mqtt.testing.Packets;
import dev.edgehub.mqtt.testing.QuietLog;
import dev.edgehub.mqtt.testing.Services;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;

/**
 * Sends any bytes to a connection. No exception gets away and no error is logged; every buffer is
 * given back; when the connection is closed nobody is connected.
 *
 * <p>Input: one byte, then what the client sends. Of the byte, the two lowest bits say what it
 * sends first (nothing, CONNECT of 3.1.1 with a clean or a persistent session, CONNECT of 5), the
 * next three how many bytes come at once (0: all).
 */
public final class PacketTarget {

  private static final String ID = "edge/m";
  private static final byte[][] FIRST = {
    new byte[0],
    Packets.connect(ID, true, 60),
    Packets.connect(ID, false, 0),
    Packets.connect(5, "MQTT", ID, Packets.userName(ID), true, 60, null, null)
  };

  private static final int[] AT_ONCE = {0, 1, 2, 3, 5, 8, 13, 64};

  private static final QuietLog LOG = QuietLog.install();
  private static final Services SERVICES = services();

  private PacketTarget() {}

  private static Services services() {
    HeldStore store = new HeldStore();
    store.answerAll();
    return new Services(Config.of(), store, Manifests.of("FROM /messages/* INTO $upstream"));
  }

  /** Called by the fuzzer first: a hub takes longer to start than an input may take. */
  public static void fuzzerInitialize() {
    SERVICES.hub().health();
  }

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 1) {
      Bounds.within(() -> serve(input));
    }
  }

  private static void serve(byte[] input) {
    byte[] sent = Packets.join(FIRST[input[0] & 3], Arrays.copyOfRange(input, 1, input.length));
    int atOnce = AT_ONCE[(input[0] >> 2) & 7];
    SessionServices services = SERVICES.fresh(new MemoryDocuments());
    CountedBuffers buffers = new CountedBuffers();
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.config().setAllocator(buffers);
    MqttPipeline.build(channel.pipeline(), services, () -> Origin.LOCAL, () -> {});
    channel.pipeline().fireChannelActive();
    int step = atOnce == 0 ? sent.length : atOnce;
    for (int at = 0; at < sent.length && channel.isOpen(); at += step) {
      ByteBuf bytes = buffers.buffer(step);
      bytes.writeBytes(sent, at, Math.min(step, sent.length - at));
      channel.writeInbound(bytes);
      drain(channel);
    }
    channel.close();
    drain(channel);
    channel.finishAndReleaseAll();
    channel.checkException();
    LOG.requireNone();
    buffers.requireAllReleased();
    if (services.directory().size() != 0) {
      throw new AssertionError("still connected after the end of the connection");
    }
  }

  private static void drain(EmbeddedChannel channel) {
    channel.runPendingTasks();
    for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      if (!(out instanceof ByteBuf bytes) || !bytes.isReadable()) {
        throw new AssertionError("written, but no bytes: " + out);
      }
      ReferenceCountUtil.release(out);
    }
  }
}
