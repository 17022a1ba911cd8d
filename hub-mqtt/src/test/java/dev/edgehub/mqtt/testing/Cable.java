package dev.edgehub.mqtt.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network cable between a client and a port, that can be cut and be a black hole. */
public final class Cable implements AutoCloseable {

  private final ServerSocket listening;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final int target;
  private volatile boolean silent;

  /** A cable to a port of this machine. */
  public Cable(int target) {
    this.target = target;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** A cable into nothing: connections are taken and never answered. */
  public static Cable toNothing() {
    Cable cable = new Cable(0);
    cable.silent = true;
    return cable;
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** Ends every connection, with whatever is on its way; new ones are made as before. */
  public void cut() {
    open.forEach(Cable::closeQuietly);
    open.clear();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket near = listening.accept();
        open.add(near);
        if (!silent) {
          Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
          open.add(far);
          daemon(() -> pass(near, far));
          daemon(() -> pass(far, near));
        }
      } catch (IOException e) {
        // the test has closed the cable, or the far end is not there: clients try again
        cut();
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    byte[] buffer = new byte[16 << 10];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // ended, one way or another
    }
    closeQuietly(from);
    closeQuietly(to);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "cable");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Closeable what) {
    try {
      what.close();
    } catch (IOException e) {
      // it is of no more use
    }
  }

  @Override
  public void close() {
    closeQuietly(listening);
    cut();
  }
}
