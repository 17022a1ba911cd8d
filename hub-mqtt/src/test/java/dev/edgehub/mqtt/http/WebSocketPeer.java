package dev.edgehub.mqtt.http;

import dev.edgehub.mqtt.testing.Packets;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** A client of raw HTTP and raw frames, which does exactly what the test says. */
final class WebSocketPeer implements AutoCloseable {

  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;

  private final Socket socket;
  private final DataInputStream in;

  WebSocketPeer(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
      in = new DataInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A peer whose upgrade was accepted. */
  static WebSocketPeer upgraded(int port) {
    WebSocketPeer peer = new WebSocketPeer(port);
    peer.upgrade("/$iothub/websocket", "Sec-WebSocket-Protocol: mqtt");
    String answer = peer.head();
    if (!answer.startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError(answer);
    }
    return peer;
  }

  /** A peer whose CONNECT was accepted, too. */
  static WebSocketPeer connected(int port, String id) {
    WebSocketPeer peer = upgraded(port);
    peer.frame(BINARY, true, Packets.connect(id, true, 0));
    String answer = peer.receive();
    if (!answer.equals("2 20020000")) {
      throw new AssertionError(answer);
    }
    return peer;
  }

  void upgrade(String path, String... headers) {
    text(
        "GET "
            + path
            + " HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + String.join("\r\n", headers)
            + "\r\n\r\n");
  }

  void text(String text) {
    bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void bytes(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A masked frame; its mask is zero, so that its payload stands there as it is. */
  void frame(int opcode, boolean last, byte[] payload) {
    bytes(frameOf(opcode, last, payload));
  }

  static byte[] frameOf(int opcode, boolean last, byte[] payload) {
    int first = (last ? 0x80 : 0) | opcode;
    byte[] head =
        payload.length < 126
            ? new byte[] {(byte) first, (byte) (0x80 | payload.length), 0, 0, 0, 0}
            : payload.length < 65_536
                ? new byte[] {
                  (byte) first,
                  (byte) 0xfe,
                  (byte) (payload.length >> 8),
                  (byte) payload.length,
                  0,
                  0,
                  0,
                  0
                }
                : new byte[] {
                  (byte) first,
                  (byte) 0xff,
                  0,
                  0,
                  0,
                  0,
                  (byte) (payload.length >> 24),
                  (byte) (payload.length >> 16),
                  (byte) (payload.length >> 8),
                  (byte) payload.length,
                  0,
                  0,
                  0,
                  0
                };
    return Packets.join(head, payload);
  }

  /** The head of an HTTP answer. */
  String head() {
    StringBuilder head = new StringBuilder();
    try {
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("after " + head, e);
    }
    return head.toString();
  }

  /** An HTTP answer: its status and body. */
  String answer() {
    String head = head();
    int at = head.toLowerCase(Locale.ROOT).indexOf("content-length: ") + 16;
    int length = Integer.parseInt(head.substring(at, head.indexOf('\r', at)));
    try {
      byte[] body = in.readNBytes(length);
      return head.substring(9, 12) + " " + new String(body, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next frame: its opcode and payload in hexadecimal; "end" at the end. */
  String receive() {
    try {
      int first = in.read();
      if (first < 0) {
        return "end";
      }
      int length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      }
      byte[] payload = in.readNBytes(length);
      return (first & 0x0f) + " " + HexFormat.of().formatHex(payload);
    } catch (EOFException | SocketException e) {
      return "end";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
