package dev.edgehub.launch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.error.ErrorCode;
import dev.edgehub.error.HubException;
import dev.edgehub.store.DoctorReport;
import dev.edgehub.store.LossReport;
import dev.edgehub.store.LostRange;
import dev.edgehub.store.StoreDoctor;
import dev.edgehub.store.StoreException;
import dev.edgehub.store.StoreOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edge-hub doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Checks the store of a hub that is not running: format, files, every record and block.",
      "Exit status: 0 healthy (after --repair: and nothing lost), 1 something was found,",
      "2 no store there or a hub runs on it, 3 it cannot be read or repaired."
    })
final class DoctorCommand implements Callable<Integer> {

  private static final int NO_PRIORITY = 2_000_000_000;

  private static final JsonMapper JSON = new JsonMapper();

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "DATA_DIR",
      description = "Data directory; without it the one of the configuration.")
  private @Nullable Path directory;

  @Option(
      names = "--repair",
      description =
          "Makes a new store of what can be read; what cannot is lost, and named. The damaged files"
              + " are kept in DATA_DIR/quarantine, the latest two of them.")
  private boolean repair;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    Path given = directory;
    Path root = given == null ? options.read().dataDir() : given;
    if (!StoreDoctor.isStore(root)) {
      throw new HubException(
          ErrorCode.CONFIG_INVALID,
          "there is no store in "
              + root.toAbsolutePath()
              + "; give the --config or --set dataDir=… that the hub was started with");
    }
    DoctorReport report = examine(root);
    System.out.print(json ? toJson(report) + "\n" : text(report));
    LossReport repaired = report.repaired();
    boolean lost = repaired != null && !repaired.lost().isEmpty();
    return report.isHealthy() && !lost ? ExitCode.DONE : ExitCode.FOUND_WRONG;
  }

  private DoctorReport examine(Path root) {
    try {
      return repair
          ? StoreDoctor.repair(root, StoreOptions.defaults(), this::tell)
          : StoreDoctor.examine(root, this::tell);
    } catch (StoreException e) {
      throw StoreFailure.of(e);
    }
  }

  /** For somebody who waits; a program that reads JSON does not. */
  private void tell(String progress) {
    if (!json) {
      System.err.println(progress);
    }
  }

  private static String text(DoctorReport report) {
    StringBuilder out = new StringBuilder();
    if (!report.queues().isEmpty()) {
      out.append(Columns.lineUp(table(report)));
    }
    out.append(report.documents()).append(" documents\n");
    for (LossReport loss : report.losses()) {
      out.append("earlier: ").append(line(loss)).append('\n');
    }
    report.problems().forEach(problem -> out.append("problem: ").append(problem).append('\n'));
    for (DoctorReport.QueueCheck queue : report.queues()) {
      for (String problem : queue.problems()) {
        out.append("problem: ").append(queue.queue().sink()).append(' ');
        out.append(priority(queue)).append(": ").append(problem).append('\n');
      }
    }
    LossReport repaired = report.repaired();
    if (repaired != null) {
      out.append("repaired: ").append(line(repaired)).append('\n');
    }
    out.append(
        report.isHealthy()
            ? "the store is healthy\n"
            : "the store is damaged; the next start salvages what can be read, or --repair now\n");
    return out.toString();
  }

  private static List<List<String>> table(DoctorReport report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "SINK",
            "PRIORITY",
            "ENTRIES",
            "BYTES",
            "NEXT OFFSET",
            "FIRST OWED",
            "LOST",
            "PROBLEMS"));
    for (DoctorReport.QueueCheck queue : report.queues()) {
      rows.add(
          List.of(
              queue.queue().sink(),
              priority(queue),
              Long.toString(queue.entries()),
              Long.toString(queue.bytes()),
              Long.toString(queue.nextOffset()),
              Long.toString(queue.firstOwed()),
              Long.toString(queue.lost()),
              queue.problems().isEmpty() ? "-" : Integer.toString(queue.problems().size())));
    }
    return rows;
  }

  private static String priority(DoctorReport.QueueCheck queue) {
    int priority = queue.queue().priority();
    return priority == NO_PRIORITY ? "-" : Integer.toString(priority);
  }

  private static String line(LossReport loss) {
    return Instant.ofEpochMilli(loss.wallMillis())
        + " "
        + loss.entries()
        + " entries lost "
        + loss.lost()
        + " because "
        + loss.cause()
        + (loss.quarantine().isEmpty() ? "" : "; damaged files in " + loss.quarantine())
        + (loss.remarks().isEmpty() ? "" : "; " + String.join("; ", loss.remarks()));
  }

  private static ObjectNode toJson(DoctorReport report) {
    ObjectNode out = JSON.createObjectNode();
    out.put("healthy", report.isHealthy());
    ArrayNode queues = out.putArray("queues");
    for (DoctorReport.QueueCheck queue : report.queues()) {
      ObjectNode node = queues.addObject();
      node.put("sink", queue.queue().sink());
      node.put("priority", queue.queue().priority());
      node.put("entries", queue.entries());
      node.put("bytes", queue.bytes());
      node.put("nextOffset", queue.nextOffset());
      node.put("firstOwed", queue.firstOwed());
      node.put("lost", queue.lost());
      queue.problems().forEach(node.putArray("problems")::add);
    }
    out.put("documents", report.documents());
    report.problems().forEach(out.putArray("problems")::add);
    ArrayNode losses = out.putArray("losses");
    report.losses().forEach(loss -> losses.add(toJson(loss)));
    LossReport repaired = report.repaired();
    out.set("repaired", repaired == null ? null : toJson(repaired));
    return out;
  }

  private static ObjectNode toJson(LossReport loss) {
    ObjectNode out = JSON.createObjectNode();
    out.put("at", Instant.ofEpochMilli(loss.wallMillis()).toString());
    out.put("cause", loss.cause());
    out.put("quarantine", loss.quarantine());
    out.put("entries", loss.entries());
    ArrayNode lost = out.putArray("lost");
    for (LostRange part : loss.lost()) {
      ObjectNode node = lost.addObject();
      node.put("sink", part.queue().sink());
      node.put("priority", part.queue().priority());
      node.put("from", part.range().from());
      node.put("to", part.range().to());
    }
    loss.remarks().forEach(out.putArray("remarks")::add);
    return out;
  }
}
