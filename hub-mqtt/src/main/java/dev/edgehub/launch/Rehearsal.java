package dev.edgehub.launch;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A hub that starts as always, passes one message from a module to itself, and stops, so that the
 * JVM has loaded what that takes. Nothing of it leaves this machine or its directory.
 */
final class Rehearsal {

  private static final String MANIFEST =
      """
      {"modulesContent": {"$edgeHub": {"properties.desired": {
        "schemaVersion": "1.1",
        "routes": {"around":
          "FROM /messages/* WHERE a <> 'b' INTO BrokeredEndpoint(\\"/modules/m/inputs/in\\")"},
        "storeAndForwardConfiguration": {"timeToLiveSecs": 7200}}}}}
      """;

  private static final String NAME = "edge/m";
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Path directory;

  Rehearsal(Path directory) {
    this.directory = directory;
  }

  /** The exit status; not {@link ExitCode#DONE} when the message did not come back. */
  int run() throws IOException, InterruptedException {
    Path manifest = Files.writeString(directory.resolve("manifest.json"), MANIFEST);
    // as it is read from the command line, and with the defaults of everything else
    PlainRun plain =
        PlainRun.of(
            "run",
            "--set",
            "dataDir=" + directory.resolve("data"),
            "--set",
            "manifest=" + manifest,
            "--set",
            "deviceId=edge",
            "--set",
            "listeners.mqtt.port=0",
            "--set",
            "listeners.admin.port=0",
            "--set",
            "listeners.mqtts.port=-1",
            "--set",
            "listeners.https.port=-1");
    if (plain == null) {
      throw new IllegalStateException("a plain run is not taken for one");
    }
    try (HubAssembly hub =
        HubAssembly.start(ConfigOptions.read(plain.file(), plain.overrides()), () -> {})) {
      boolean passed = passOneMessage(hub.mqttPort());
      System.err.println(passed ? hub.readyLine() : "the hub did not pass a message on");
      return passed ? ExitCode.DONE : ExitCode.FAULT;
    }
  }

  private static boolean passOneMessage(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      String user = "local.azure-devices.net/" + NAME + "/?api-version=2021-04-12";
      packet(out, 0x10, 12 + NAME.length() + 2 + user.length());
      out.writeUTF("MQTT");
      out.write(4); // 3.1.1
      out.write(0x82); // a user name, and a clean session
      out.writeShort(60);
      out.writeUTF(NAME);
      out.writeUTF(user);
      String filter = "devices/edge/modules/m/inputs/#";
      packet(out, 0x82, 2 + 2 + filter.length() + 1);
      out.writeShort(1);
      out.writeUTF(filter);
      out.write(1);
      String topic = "devices/edge/modules/m/messages/events/a=1&b=2";
      byte[] body = "{\"temperature\": 21.5}".getBytes(StandardCharsets.UTF_8);
      packet(out, 0x32, 2 + topic.length() + 2 + body.length);
      out.writeUTF(topic);
      out.writeShort(2);
      out.write(body);
      out.flush();
      boolean acknowledged = false;
      boolean delivered = false;
      while (!acknowledged || !delivered) {
        int type = in.readUnsignedByte() >> 4;
        byte[] rest = in.readNBytes(length(in));
        acknowledged |= type == 4;
        if (type == 3) {
          delivered = true;
          int id = 2 + (((rest[0] & 0xFF) << 8) | (rest[1] & 0xFF));
          out.write(new byte[] {0x40, 2, rest[id], rest[id + 1]});
        }
      }
      packet(out, 0xE0, 0);
      out.flush();
      return true;
    } catch (IOException e) {
      System.err.println("edge-hub: " + e);
      return false;
    }
  }

  private static void packet(DataOutputStream out, int first, int length) throws IOException {
    out.write(first);
    for (int left = length; ; left >>= 7) {
      out.write(left < 128 ? left : (left & 127) | 128);
      if (left < 128) {
        return;
      }
    }
  }

  private static int length(DataInputStream in) throws IOException {
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int next = in.readUnsignedByte();
      length |= (next & 127) << shift;
      if (next < 128) {
        return length;
      }
    }
  }
}
