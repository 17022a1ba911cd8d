package dev.edgehub.launch;

import dev.edgehub.config.ConfigResult;
import dev.edgehub.config.HubConfig;
import dev.edgehub.config.HubConfigReader;
import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which every command finds its configuration. */
final class ConfigOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file (JSON); without it the defaults hold.")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides one key of the configuration; may be given many times.")
  private List<String> overrides = new ArrayList<>();

  /**
   * The configuration.
   *
   * @throws HubException {@code CONFIG_INVALID} with every issue, one a line
   */
  HubConfig read() {
    return read(file, overrides);
  }

  /** The same for options that were found otherwise. */
  static HubConfig read(@Nullable Path file, List<String> overrides) {
    ConfigResult result = HubConfigReader.read(file, System.getenv(), overrides);
    if (result instanceof ConfigResult.Invalid invalid) {
      throw new HubException(
          ErrorCode.CONFIG_INVALID,
          "the configuration is not valid:\n  " + String.join("\n  ", invalid.issues()));
    }
    return ((ConfigResult.Valid) result).config();
  }
}
