package dev.edgehub.bench.load;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Looks into a running Java process: what it keeps, after a full collection. */
final class Vitals implements AutoCloseable {

  private final long pid;
  private final Path dataDir;
  private final JMXConnector connector;
  private final MemoryMXBean memory;
  private final ThreadMXBean threads;
  private final BufferPoolMXBean direct;

  /**
   * One look.
   *
   * @param heap bytes of live objects
   * @param direct bytes of direct buffers
   * @param descriptors open files and sockets, without those of the store
   * @param storeFiles open files of the store
   * @param resident bytes of memory
   */
  record Sample(
      long heap, long direct, int threads, int descriptors, int storeFiles, long resident) {}

  // the address is that of the hub which the load started
  @SuppressWarnings("BanJNDI")
  Vitals(long pid, Path dataDir) throws IOException {
    this.pid = pid;
    this.dataDir = dataDir;
    connector = JMXConnectorFactory.connect(new JMXServiceURL(address(pid)));
    MBeanServerConnection server = connector.getMBeanServerConnection();
    memory =
        ManagementFactory.newPlatformMXBeanProxy(
            server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    threads =
        ManagementFactory.newPlatformMXBeanProxy(
            server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    direct =
        ManagementFactory.newPlatformMXBeanProxy(
            server, "java.nio:type=BufferPool,name=direct", BufferPoolMXBean.class);
  }

  private static String address(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        return machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException(e);
    }
  }

  Sample look() throws IOException {
    memory.gc();
    memory.gc();
    int all = 0;
    int storeFiles = 0;
    for (Path open : open()) {
      all++;
      storeFiles += isStore(open) ? 1 : 0;
    }
    return new Sample(
        memory.getHeapMemoryUsage().getUsed(),
        direct.getMemoryUsed(),
        threads.getThreadCount(),
        all - storeFiles,
        storeFiles,
        ProcessFigures.of(pid).residentBytes());
  }

  private List<Path> open() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return open.toList();
    }
  }

  private boolean isStore(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(dataDir);
    } catch (IOException closed) {
      return true; // files are closed while one looks; sockets of clients are not there
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
