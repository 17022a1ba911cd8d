package dev.edgehub.launch.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.lang.Quoted;
import dev.edgehub.routing.vectors.VectorFile;
import dev.edgehub.routing.vectors.VectorFileResult;
import dev.edgehub.routing.vectors.VectorOutcome;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code edge-hub routes test}: runs the cases of vector files. Used once. */
public final class VectorRun {

  private final Output output;
  private final boolean asJson;
  private final ArrayNode failures = JsonNodeFactory.instance.arrayNode();
  private final ArrayNode unusable = JsonNodeFactory.instance.arrayNode();
  private int cases;
  private int width;

  public VectorRun(Output output, boolean asJson) {
    this.output = output;
    this.asJson = asJson;
  }

  /** Runs all files; of a directory those whose names end in {@code .json}. */
  public Verdict run(List<Path> given) {
    List<Path> files = files(given);
    width = files.stream().mapToInt(file -> shown(file).length()).max().orElse(0);
    files.forEach(this::run);
    if (asJson) {
      output.json(report());
    } else if (files.size() > 1) {
      output.line(summary("total", cases, failures.size()));
    }
    if (!unusable.isEmpty()) {
      return Verdict.UNUSABLE;
    }
    return failures.isEmpty() ? Verdict.FINE : Verdict.FOUND_WRONG;
  }

  private List<Path> files(List<Path> given) {
    List<Path> files = new ArrayList<>();
    for (Path path : given) {
      if (Files.isDirectory(path)) {
        files.addAll(filesOf(path));
      } else {
        files.add(path);
      }
    }
    return files;
  }

  private List<Path> filesOf(Path directory) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.json")) {
      found.forEach(files::add);
    } catch (IOException e) {
      refuse(directory, InputFile.why(e));
      return files;
    }
    if (files.isEmpty()) {
      refuse(directory, "expected *.json files in the directory, found none");
    }
    files.sort(null);
    return files;
  }

  private void run(Path file) {
    VectorFileResult result;
    try {
      result = VectorFile.read(InputFile.read(file, VectorFile.MAX_BYTES));
    } catch (IOException e) {
      refuse(file, InputFile.why(e));
      return;
    }
    if (result instanceof VectorFileResult.Unusable bad) {
      refuse(file, bad.why());
      return;
    }
    VectorFile vectors = ((VectorFileResult.Usable) result).file();
    vectors
        .warnings()
        .forEach(text -> output.complain(shown(file) + ": warning: " + Quoted.escape(text)));
    report(file, vectors.run());
  }

  private void refuse(Path file, String why) {
    unusable.addObject().put("file", file.toString()).put("error", why);
    output.complain(shown(file) + ": " + Quoted.escape(why));
  }

  private void report(Path file, List<VectorOutcome> outcomes) {
    List<VectorOutcome> failed = outcomes.stream().filter(one -> !one.passed()).toList();
    cases += outcomes.size();
    if (!asJson) {
      output.line(summary(shown(file), outcomes.size(), failed.size()));
    }
    for (VectorOutcome outcome : failed) {
      VectorOutcome.Failure failure = outcome.failure();
      if (failure != null) {
        add(file, outcome.id(), failure);
        if (!asJson) {
          print(outcome, failure);
        }
      }
    }
  }

  private void add(Path file, String id, VectorOutcome.Failure failure) {
    ObjectNode object = failures.addObject();
    object.put("file", file.toString()).put("id", id);
    object.set("expected", failure.expected());
    object.set("actual", failure.actual());
    if (!failure.details().isEmpty()) {
      ArrayNode details = object.putArray("details");
      failure.details().forEach(details::add);
    }
  }

  private void print(VectorOutcome outcome, VectorOutcome.Failure failure) {
    String kind = outcome.kind().isEmpty() ? "" : " (" + Quoted.brief(outcome.kind()) + ")";
    output.line("  FAILED " + Quoted.brief(outcome.id()) + kind);
    output.line("    expected  " + Quoted.escape(failure.expected().toString()));
    output.line("    actual    " + Quoted.escape(failure.actual().toString()));
    failure.details().forEach(detail -> output.lines("    ", Output.escaped(detail)));
  }

  private String summary(String name, int count, int failed) {
    String padded = name + " ".repeat(Math.max(0, width - name.length()));
    return padded
        + String.format("  %5d cases  %5d passed  %5d failed", count, count - failed, failed);
  }

  private ObjectNode report() {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("cases", cases);
    report.put("passed", cases - failures.size());
    report.put("failed", failures.size());
    report.set("failures", failures);
    report.set("unusable", unusable);
    return report;
  }

  private static String shown(Path file) {
    return Quoted.escape(file.toString());
  }
}
