package dev.edgehub.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a message comes from, and the path that route patterns are compared with. Instances are
 * meant to be kept and shared: one per client and output.
 */
public final class MessageSource {

  private final Identity sender;
  private final @Nullable String output;
  private final String path;

  private MessageSource(Identity sender, @Nullable String output, String path) {
    this.sender = Objects.requireNonNull(sender, "sender");
    this.output = output;
    this.path = path;
  }

  /** Telemetry of a leaf device. */
  public static MessageSource of(Identity.Device device) {
    return new MessageSource(device, null, "/messages/");
  }

  /** Telemetry of a module, sent on {@code output} or on none. */
  public static MessageSource of(Identity.Module module, @Nullable String output) {
    String path = "/messages/modules/" + module.moduleId() + "/";
    return new MessageSource(
        module, output, output == null ? path : path + "outputs/" + output + "/");
  }

  /** Telemetry of either kind; a device's output name makes no path. */
  public static MessageSource of(Identity sender, @Nullable String output) {
    return sender instanceof Identity.Module module
        ? of(module, output)
        : new MessageSource(sender, output, "/messages/");
  }

  public Identity sender() {
    return sender;
  }

  /** The output name, or null. */
  public @Nullable String output() {
    return output;
  }

  /** The source path, ending in {@code /} (FROM patterns are compared with it). */
  public String path() {
    return path;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MessageSource that
        && sender.equals(that.sender)
        && Objects.equals(output, that.output);
  }

  @Override
  public int hashCode() {
    return 31 * sender.hashCode() + Objects.hashCode(output);
  }

  @Override
  public String toString() {
    return sender + (output == null ? "" : " output " + output);
  }
}
