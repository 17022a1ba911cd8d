package dev.edgehub.launch.demo;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * How one of the demo's hubs is started: with this process's own Java, options and class path, as
 * {@code edge-hub run}.
 */
final class HubProgram {

  private static final String MAIN = "dev.edgehub.launch.Main";

  private final String name;
  private final Path dataDir;
  private final Path log;
  private final List<String> settings;
  private final InstantSource clock;
  private final Alarm alarm;

  /**
   * A program that is not yet started.
   *
   * @param name of the device, and of its files in the work place
   * @param settings {@code key=value}, beyond those that every hub of the demo has
   */
  HubProgram(
      String name, Workplace place, List<String> settings, InstantSource clock, Alarm alarm) {
    this.name = name;
    this.dataDir = place.data(name);
    this.log = place.log(name);
    this.clock = clock;
    this.alarm = alarm;
    this.settings = new ArrayList<>(settings);
    this.settings.addAll(
        List.of(
            "deviceId=" + name,
            "dataDir=" + dataDir,
            "manifest=" + place.manifest(name),
            "listeners.admin.port=0",
            "listeners.mqtts.port=-1",
            "listeners.https.port=-1"));
  }

  Path dataDir() {
    return dataDir;
  }

  /** Starts a process; returns at once. */
  HubProcess start() {
    ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true);
    // nothing of the user's own hub may leak in
    builder.environment().keySet().removeIf(variable -> variable.startsWith("EDGEHUB_"));
    try {
      Instant startedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      return new HubProcess(name, builder.start(), startedAt, log, alarm);
    } catch (IOException e) {
      throw new DemoFailedException("cannot start the hub " + name + ": " + e, e);
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      // one debugger's port, or one agent's file, is enough for one process
      if (!option.startsWith("-agent") && !option.startsWith("-javaagent")) {
        command.add(option);
      }
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Tether.class.getName(), MAIN, "run"));
    for (String setting : settings) {
      command.add("--set");
      command.add(setting);
    }
    return command;
  }
}
