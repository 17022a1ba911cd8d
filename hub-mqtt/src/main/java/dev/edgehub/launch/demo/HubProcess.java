package dev.edgehub.launch.demo;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of a hub. Its output goes to its log; an end that nobody asked for raises the alarm. */
final class HubProcess implements AutoCloseable {

  private static final Pattern READY =
      Pattern.compile("^ready .*mqtt=\\S+:(\\d+) admin=\\S+:(\\d+).*");
  private static final int READY_SECONDS = 60;
  private static final int END_SECONDS = 10;

  private final String name;
  private final Process process;
  private final Instant startedAt;
  private final Path log;
  private final Alarm alarm;
  private final CompletableFuture<Ports> ready = new CompletableFuture<>();
  private volatile boolean endWanted;

  /** Where a hub listens. */
  record Ports(int mqtt, int admin) {}

  HubProcess(String name, Process process, Instant startedAt, Path log, Alarm alarm) {
    this.name = name;
    this.process = process;
    this.startedAt = startedAt;
    this.log = log;
    this.alarm = alarm;
    Thread reader = new Thread(this::copyOutput, "demo-log-" + name);
    reader.setDaemon(true);
    reader.start();
  }

  long pid() {
    return process.pid();
  }

  Instant startedAt() {
    return startedAt;
  }

  private void copyOutput() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter to =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        to.write(line);
        to.newLine();
        to.flush();
        Matcher matcher = READY.matcher(line);
        if (matcher.matches()) {
          ready.complete(
              new Ports(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
        }
      }
    } catch (IOException e) {
      // its end is what counts
    }
    if (!endWanted) {
      String why = "the hub " + name + " (pid " + pid() + ") ended by itself; see " + log;
      ready.completeExceptionally(new DemoFailedException(why));
      alarm.raise(why);
    }
  }

  /** Waits until every listener accepts. */
  Ports awaitReady() {
    try {
      return ready.orTimeout(READY_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof DemoFailedException known) {
        throw known;
      }
      throw new DemoFailedException(
          "the hub " + name + " was not ready after " + READY_SECONDS + " s; see " + log, e);
    }
  }

  /** SIGKILL; waits for the end. */
  void kill() {
    endWanted = true;
    process.destroyForcibly();
    awaitEnd();
  }

  private boolean awaitEnd() {
    try {
      return process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Stops it as an operator does, and by force when that does not help. */
  @Override
  public void close() {
    endWanted = true;
    process.destroy();
    if (!awaitEnd()) {
      kill();
    }
  }
}
