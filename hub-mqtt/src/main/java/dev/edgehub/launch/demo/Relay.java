package dev.edgehub.launch.demo;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A piece of network cable: passes bytes between the edge hub and the parent, and can be cut. While
 * it is cut its connections are closed, with whatever was under way in them, and new ones are
 * refused.
 */
final class Relay implements AutoCloseable {

  private static final int BUFFER_BYTES = 16 << 10;
  private static final int CONNECT_MILLIS = 5_000;

  private final int port;
  private final int target;
  private final Set<Closeable> open = new HashSet<>();
  private @Nullable ServerSocket listening;
  private @Nullable Thread accepting;

  /** A relay between two ports of the loopback address; nothing passes before {@link #join}. */
  Relay(int port, int target) {
    this.port = port;
    this.target = target;
  }

  int port() {
    return port;
  }

  /** Lets connections through. */
  synchronized void join() { // against the accepting thread
    if (listening != null) {
      return;
    }
    try {
      ServerSocket server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      listening = server;
      accepting = daemon("accept", () -> accept(server));
    } catch (IOException e) {
      throw new UncheckedIOException("the relay cannot listen on port " + port, e);
    }
  }

  /** Ends every connection and refuses new ones. When it returns, the port is free. */
  void cut() {
    Thread last = stopListening();
    if (last != null) {
      awaitEnd(last);
    }
  }

  private synchronized @Nullable Thread stopListening() { // against the accepting thread
    closeQuietly(listening);
    listening = null;
    open.forEach(Relay::closeQuietly);
    open.clear();
    Thread last = accepting;
    accepting = null;
    return last;
  }

  /** A call of accept under way holds the port open until it has returned, closed or not. */
  private static void awaitEnd(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(ServerSocket server) {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        Socket far = new Socket();
        if (keep(server, near, far)) {
          daemon("up", () -> connect(near, far));
        }
      } catch (IOException e) {
        // cut: the loop's condition says so
      }
    }
  }

  private void connect(Socket near, Socket far) {
    try {
      far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
    } catch (IOException e) {
      // to the edge hub a parent that cannot be reached is a closed connection
      forget(near);
      forget(far);
      return;
    }
    daemon("down", () -> pass(far, near));
    pass(near, far);
  }

  /** Takes note of a connection; false, with both ends closed, when it came too late. */
  private synchronized boolean keep(ServerSocket server, Socket near, Socket far) { // against cut
    if (server.isClosed()) {
      closeQuietly(near);
      closeQuietly(far);
      return false;
    }
    open.add(near);
    open.add(far);
    return true;
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // the end of a connection, however it came
    }
    forget(from);
    forget(to);
  }

  private synchronized void forget(Socket socket) { // against cut
    open.remove(socket);
    closeQuietly(socket);
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, "demo-relay-" + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void closeQuietly(@Nullable Closeable closeable) {
    try {
      if (closeable != null) {
        closeable.close();
      }
    } catch (IOException e) {
      // closed is all that is wanted
    }
  }

  @Override
  public void close() {
    cut();
  }
}
