package dev.edgehub.bench.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** As much of an MQTT 3.1.1 client as the churn needs, over one socket. */
final class ChurnClient implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int CONNACK = 2;
  private static final int PUBLISH = 3;
  private static final int PUBACK = 4;
  private static final int SUBACK = 9;

  private final Socket socket;
  private final DataInputStream in;
  private int delivered;

  ChurnClient(int port, String id, boolean clean) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    send(
        0x10,
        text("MQTT"),
        new byte[] {4, (byte) (0x80 | (clean ? 2 : 0)), 0, 60},
        text(id),
        text(Scene.userName(id)));
    await(CONNACK);
  }

  void subscribe(String filter) throws IOException {
    send(0x82, new byte[] {0, 1}, text(filter), new byte[] {1});
    await(SUBACK);
  }

  /** Publishes with QoS 1; the acknowledgement is another matter. */
  void publish(String topic, int packetId, byte[] body) throws IOException {
    send(0x32, text(topic), new byte[] {(byte) (packetId >> 8), (byte) packetId}, body);
  }

  /** Takes packets until so many PUBACKs have come; deliveries on the way are acknowledged. */
  void awaitAcks(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      await(PUBACK);
    }
  }

  /** Takes what has come already, without waiting for more. */
  void takeWhatIsThere() throws IOException {
    while (in.available() > 0) {
      receive();
    }
  }

  int delivered() {
    return delivered;
  }

  private void await(int type) throws IOException {
    while (receive() != type) {}
  }

  private int receive() throws IOException {
    int first = in.read();
    if (first < 0) {
      throw new EOFException("the hub closed the connection");
    }
    int length = 0;
    int shift = 0;
    int digit;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 0x7f) << shift;
      shift += 7;
    } while ((digit & 0x80) != 0);
    byte[] body = new byte[length];
    in.readFully(body);
    int type = first >> 4;
    if (type == CONNACK && body[1] != 0) {
      throw new IOException("refused with code " + body[1]);
    }
    if (type == PUBLISH) {
      delivered++;
      int at = 2 + (((body[0] & 0xff) << 8) | (body[1] & 0xff));
      if ((first & 6) != 0) {
        send(0x40, new byte[] {body[at], body[at + 1]});
      }
    }
    return type;
  }

  /** Says goodbye. */
  void disconnect() throws IOException {
    send(0xe0);
  }

  /** Vanishes as a machine does that is switched off: the hub gets a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
  }

  private void send(int first, byte[]... parts) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(first);
    int rest = body.size();
    do {
      packet.write(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
      rest >>>= 7;
    } while (rest > 0);
    packet.writeBytes(body.toByteArray());
    socket.getOutputStream().write(packet.toByteArray());
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(utf8.length >> 8);
    out.write(utf8.length);
    out.writeBytes(utf8);
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
