package dev.edgehub.launch.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.lang.Quoted;
import dev.edgehub.manifest.Manifest;
import dev.edgehub.manifest.ManifestReader;
import dev.edgehub.manifest.ManifestResult;
import dev.edgehub.manifest.RouteSpec;
import dev.edgehub.routing.RouteFinding;
import dev.edgehub.routing.RouteTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code edge-hub routes check}: says everything that is wrong with routes. Used once. */
public final class RouteCheck {

  private final Output output;
  private final boolean asJson;
  private final ArrayNode issues = JsonNodeFactory.instance.arrayNode();
  private final ArrayNode warnings = JsonNodeFactory.instance.arrayNode();
  private final ArrayNode unreadable = JsonNodeFactory.instance.arrayNode();
  private int routes;

  public RouteCheck(Output output, boolean asJson) {
    this.output = output;
    this.asJson = asJson;
  }

  /** Checks the routes of manifests, and routes given as text. */
  public Verdict run(List<Path> manifests, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      String name = texts.size() == 1 ? "--route" : "--route " + (i + 1);
      RouteSpec route = new RouteSpec(name, texts.get(i), RouteSpec.DEFAULT_PRIORITY, 0);
      report(name, List.of(route), List.of());
    }
    manifests.forEach(this::check);
    if (asJson) {
      output.json(report());
    }
    if (!unreadable.isEmpty()) {
      return Verdict.UNUSABLE;
    }
    return issues.isEmpty() ? Verdict.FINE : Verdict.FOUND_WRONG;
  }

  private void check(Path file) {
    ManifestResult read;
    try {
      read = ManifestReader.read(InputFile.read(file, ManifestReader.MAX_BYTES));
    } catch (IOException e) {
      unreadable.addObject().put("file", file.toString()).put("error", InputFile.why(e));
      output.complain(Quoted.escape(file + ": " + InputFile.why(e)));
      return;
    }
    if (read instanceof ManifestResult.Rejected rejected) {
      report(file.toString(), rejected.routes(), rejected.issues());
    } else {
      Manifest manifest = ((ManifestResult.Accepted) read).manifest();
      report(file.toString(), manifest.routes(), List.of());
    }
  }

  /** The compiler says of each route what is wrong with it, whatever is wrong with the others. */
  private void report(String file, List<RouteSpec> specs, List<String> ofManifest) {
    List<RouteFinding> findings =
        RouteTable.compile(new Manifest(specs, Manifest.EMPTY.timeToLiveSecs())).findings();
    routes += specs.size();
    ofManifest.forEach(
        text -> issues.addObject().put("file", file).put("code", "manifest").put("text", text));
    for (RouteFinding finding : findings) {
      (finding.warning() ? warnings : issues).add(object(file, finding));
    }
    if (!asJson) {
      int warned = (int) findings.stream().filter(RouteFinding::warning).count();
      int wrong = ofManifest.size() + findings.size() - warned;
      output.line(summary(file, specs.size(), wrong, warned));
      ofManifest.forEach(text -> output.line("  manifest: " + Quoted.escape(text)));
      findings.forEach(this::print);
    }
  }

  private static String summary(String file, int routes, int wrong, int warned) {
    return Quoted.escape(file)
        + ": "
        + Output.count(routes, "route")
        + ", "
        + (wrong == 0 ? "no issues" : Output.count(wrong, "issue"))
        + (warned == 0 ? "" : ", " + Output.count(warned, "warning"));
  }

  private void print(RouteFinding finding) {
    output.lines("  ", (finding.warning() ? "warning: " : "") + finding.render());
  }

  private static ObjectNode object(String file, RouteFinding finding) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("file", file);
    Findings.write(finding, object);
    return object;
  }

  private ObjectNode report() {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("routes", routes);
    report.set("issues", issues);
    report.set("warnings", warnings);
    report.set("unreadable", unreadable);
    return report;
  }
}
