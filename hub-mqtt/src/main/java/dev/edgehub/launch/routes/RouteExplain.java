package dev.edgehub.launch.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.lang.Quoted;
import dev.edgehub.routing.RouteFinding;
import dev.edgehub.routing.vectors.MessageResult;
import dev.edgehub.routing.vectors.RouteTrial;
import dev.edgehub.routing.vectors.VectorFile;
import dev.edgehub.routing.vectors.VectorMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code edge-hub routes explain}: says what one route does with one message, and why. */
public final class RouteExplain {

  private static final String NAME = "--route";

  private final Output output;
  private final boolean asJson;

  public RouteExplain(Output output, boolean asJson) {
    this.output = output;
    this.asJson = asJson;
  }

  /**
   * Explains a route.
   *
   * @param message one message, or a vector file
   * @param fixture the name of the message in a vector file; null if the file is one message
   */
  public Verdict run(String route, Path message, @Nullable String fixture) {
    MessageResult read;
    try {
      read = VectorMessage.read(InputFile.read(message, VectorFile.MAX_BYTES), fixture);
    } catch (IOException e) {
      return refuse(message, InputFile.why(e));
    }
    if (read instanceof MessageResult.Unusable bad) {
      return refuse(message, bad.why());
    }
    VectorMessage usable = ((MessageResult.Usable) read).message();
    usable.warnings().forEach(text -> output.complain("warning: " + Quoted.escape(text)));
    RouteTrial trial = RouteTrial.of(NAME, route, usable);
    if (trial instanceof RouteTrial.Rejected rejected) {
      return refuse(rejected.findings());
    }
    RouteTrial.Tried tried = (RouteTrial.Tried) trial;
    if (asJson) {
      output.json(TrialJson.of(route, tried));
    } else {
      TrialText.lines(tried).forEach(output::line);
    }
    return Verdict.FINE;
  }

  private Verdict refuse(Path file, String why) {
    output.complain(Quoted.escape(file + ": " + why));
    if (asJson) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      output.json(object.put("file", file.toString()).put("error", why));
    }
    return Verdict.UNUSABLE;
  }

  private Verdict refuse(List<RouteFinding> findings) {
    output.complain("the route is not valid");
    findings.forEach(finding -> output.complain("  ", finding.render()));
    if (asJson) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      object.put("error", "the route is not valid");
      object.putArray("issues");
      findings.forEach(f -> Findings.write(f, object.withArray("issues").addObject()));
      output.json(object);
    }
    return Verdict.UNUSABLE;
  }
}
