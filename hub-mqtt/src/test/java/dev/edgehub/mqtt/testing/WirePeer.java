package dev.edgehub.mqtt.testing;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An MQTT client of raw bytes over a socket, which does exactly what the test says. */
public final class WirePeer implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final DataInputStream in;

  /** A packet from the hub: its first byte and what follows the remaining length. */
  public record Received(int first, byte[] body) {

    public int type() {
      return first >> 4;
    }

    public int qos() {
      return (first >> 1) & 3;
    }

    public boolean duplicate() {
      return (first & 8) != 0;
    }

    /** Of a PUBLISH. */
    public String topic() {
      return new String(body, 2, topicLength(), StandardCharsets.UTF_8);
    }

    /** Of a PUBLISH of QoS 1, or of an acknowledgement. */
    public int packetId() {
      return ByteBuffer.wrap(body).getShort(type() == 3 ? 2 + topicLength() : 0) & 0xffff;
    }

    /** Of a PUBLISH. */
    public String payload() {
      int from = 2 + topicLength() + (qos() > 0 ? 2 : 0);
      return new String(body, from, body.length - from, StandardCharsets.UTF_8);
    }

    private int topicLength() {
      return ByteBuffer.wrap(body).getShort() & 0xffff;
    }

    @Override
    public String toString() {
      return type() == 3
          ? "PUBLISH " + topic() + " " + payload()
          : Integer.toHexString(first) + " " + HexFormat.of().formatHex(body);
    }
  }

  public WirePeer(int port) {
    this(open(port));
  }

  /** A peer on a socket that is connected, one with TLS for example. */
  public WirePeer(Socket connected) {
    try {
      socket = connected;
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.setTcpNoDelay(true);
      in = new DataInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Socket open(int port) {
    try {
      return new Socket(InetAddress.getLoopbackAddress(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A peer whose CONNECT was accepted; its session is persistent. */
  public static WirePeer connected(int port, String id) {
    return new WirePeer(port).connect(id);
  }

  /** Connects; the session is persistent. */
  public WirePeer connect(String id) {
    send(Packets.connect(id, false, 0));
    Received answer = receive();
    if (answer.type() != 2 || answer.body()[1] != 0) {
      throw new AssertionError("not connected: " + answer);
    }
    return this;
  }

  /** Sends packets in one write. */
  public void send(byte[]... packets) {
    try {
      socket.getOutputStream().write(Packets.join(packets));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Subscribes and waits for a SUBACK that grants. */
  public void subscribe(String filter, int qos) {
    send(Packets.subscribe(99, qos, filter));
    Received answer = receive();
    if (answer.type() != 9 || answer.body()[2] != qos) {
      throw new AssertionError("not subscribed: " + answer);
    }
  }

  /** Publishes with QoS 1 and waits for the PUBACK. */
  public void publish(String topic, int packetId, String payload) {
    send(Packets.publish(topic, 1, packetId, payload));
    Received answer = receive();
    if (answer.type() != 4 || answer.packetId() != packetId) {
      throw new AssertionError("not acknowledged: " + answer);
    }
  }

  /** The next packet; fails when none comes in time. */
  public Received receive() {
    Received received = receiveOrEnd();
    if (received == null) {
      throw new AssertionError("expected a packet, found the end of the connection");
    }
    return received;
  }

  /** The payloads of the next so many PUBLISHes, each acknowledged. */
  public List<String> take(int count) {
    List<String> payloads = new ArrayList<>();
    while (payloads.size() < count) {
      Received received = receive();
      if (received.qos() == 1) {
        send(Packets.pubAck(received.packetId()));
      }
      payloads.add(received.payload());
    }
    return payloads;
  }

  /** Whether the hub closes the connection; packets before that are passed over. */
  public boolean isClosedByHub() {
    Received received = receiveOrEnd();
    while (received != null) {
      received = receiveOrEnd();
    }
    return true;
  }

  /** The next packet, or null at the end of the connection. */
  public @Nullable Received receiveOrEnd() {
    try {
      int first = in.read();
      if (first < 0) {
        return null;
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
      return new Received(first, body);
    } catch (EOFException | SocketException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Breaks off without DISCONNECT. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
