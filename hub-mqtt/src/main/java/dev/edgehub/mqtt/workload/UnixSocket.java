package dev.edgehub.mqtt.workload;

import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket in the file system that only its owner may use, from its first moment on. */
final class UnixSocket {

  private static final Logger log = LoggerFactory.getLogger(UnixSocket.class);

  private final Path path;

  UnixSocket(Path path) {
    this.path = path.toAbsolutePath();
  }

  /**
   * Binds the socket in a folder of its own, closes it to others, and then puts it in its place;
   * one that a hub left behind is replaced.
   *
   * @throws HubException {@code PORT_UNAVAILABLE} when that cannot be done
   */
  Channel listen(Function<Path, Channel> bind) {
    try {
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        requireLeftBehind();
      }
      Files.createDirectories(path.getParent());
      Path folder = Files.createTempDirectory(path.getParent(), ".");
      try {
        Path partial = folder.resolve("s");
        Channel listening = bind.apply(partial);
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rw-------"));
        Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
        return listening;
      } finally {
        Files.deleteIfExists(folder.resolve("s"));
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw unavailable("" + e);
    }
  }

  private void requireLeftBehind() throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isOther()) {
      throw unavailable("there is a file that is no socket");
    }
    if (isServed()) {
      throw unavailable("somebody listens there");
    }
    log.debug("A socket that was left behind is replaced path={}", path);
  }

  private boolean isServed() throws IOException {
    try (SocketChannel attempt = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return attempt.connect(UnixDomainSocketAddress.of(path));
    } catch (SocketException e) {
      return false;
    }
  }

  private HubException unavailable(String why) {
    return new HubException(
        ErrorCode.PORT_UNAVAILABLE,
        "cannot listen for the workload API on "
            + path
            + ": "
            + why
            + "; choose another path with workload.listen");
  }

  /** Takes the socket away. */
  void remove() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.debug("A socket could not be removed path={}", path, e);
    }
  }
}
