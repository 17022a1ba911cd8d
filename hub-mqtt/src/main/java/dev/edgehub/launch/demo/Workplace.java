package dev.edgehub.launch.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The temporary directory with both hubs' data and logs. */
final class Workplace {

  private final Path root;

  private Workplace(Path root) {
    this.root = root;
  }

  /** A new directory with the manifests in it. */
  static Workplace create() {
    try {
      Workplace place = new Workplace(Files.createTempDirectory("edge-hub-demo-"));
      for (String name : new String[] {"edge", "cloud"}) {
        try (InputStream manifest = Workplace.class.getResourceAsStream(name + ".json")) {
          if (manifest == null) {
            throw new IllegalStateException("the manifest " + name + ".json is not on the path");
          }
          Files.copy(manifest, place.manifest(name));
        }
      }
      return place;
    } catch (IOException e) {
      throw new DemoFailedException("cannot set up a temporary directory: " + e, e);
    }
  }

  /** The time to live that the edge hub's manifest gives to messages. */
  long timeToLiveSeconds() {
    try {
      return new JsonMapper()
          .readTree(manifest("edge").toFile())
          .path("modulesContent")
          .path("$edgeHub")
          .path("properties.desired")
          .path("storeAndForwardConfiguration")
          .path("timeToLiveSecs")
          .asLong();
    } catch (IOException e) {
      throw new DemoFailedException("cannot read back the manifest: " + e, e);
    }
  }

  Path root() {
    return root;
  }

  Path manifest(String hub) {
    return root.resolve(hub + ".json");
  }

  Path data(String hub) {
    return root.resolve(hub + "-data");
  }

  Path log(String hub) {
    return root.resolve(hub + ".log");
  }

  /** Removes everything; only once both hubs have ended. */
  void remove() {
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure)
                throws IOException {
              Files.delete(dir);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + root, e);
    }
  }
}
