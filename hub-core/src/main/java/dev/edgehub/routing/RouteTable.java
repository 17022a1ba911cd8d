package dev.edgehub.routing;

import dev.edgehub.lang.CompileLimits;
import dev.edgehub.lang.CompileResult;
import dev.edgehub.lang.CompiledRoute;
import dev.edgehub.lang.IssueCode;
import dev.edgehub.lang.RouteCompiler;
import dev.edgehub.lang.RouteIssue;
import dev.edgehub.lang.SinkRef;
import dev.edgehub.lang.Span;
import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.MessageView;
import dev.edgehub.manifest.Manifest;
import dev.edgehub.manifest.RouteSpec;
import dev.edgehub.message.Message;
import dev.edgehub.message.SinkId;
import dev.edgehub.routing.body.BodyPaths;
import dev.edgehub.store.QueueId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The routes in force, compiled. Any number of threads may ask it.
 *
 * <p>Each sink takes a message once, by the matching route with the lowest priority number; of
 * equal ones the first in name order.
 */
public final class RouteTable {

  /** The longest name of a queue. */
  private static final int MAX_SINK_NAME = 1_024;

  /** A table without routes. */
  public static final RouteTable EMPTY = new RouteTable(List.of());

  private final List<RoutePlan> plans;
  private final BodyPaths bodyPaths;
  private final SourceIndex sources;

  private RouteTable(List<RoutePlan> plans) {
    this.plans = plans;
    Set<BodyPath> paths = new LinkedHashSet<>();
    plans.forEach(plan -> paths.addAll(plan.route().bodyPaths()));
    this.bodyPaths = new BodyPaths(paths);
    this.sources = new SourceIndex(plans, bodyPaths);
  }

  /** Compiles all routes of a manifest, or reports all mistakes of all of them. */
  public static RouteTableResult compile(Manifest manifest) {
    RouteCompiler compiler = new RouteCompiler(CompileLimits.DEFAULT);
    List<RoutePlan> plans = new ArrayList<>();
    List<RouteFinding> findings = new ArrayList<>();
    for (RouteSpec spec : manifest.routes()) {
      CompileResult result = compiler.compile(spec.name(), spec.text());
      if (result instanceof CompileResult.Compiled compiled) {
        SinkId sink = sink(compiled.route());
        if (sink.name().length() > MAX_SINK_NAME) {
          findings.add(new RouteFinding(sinkTooLong(spec, sink), spec.text(), false));
          continue;
        }
        plans.add(plan(spec, compiled.route(), sink, manifest.timeToLiveSecs()));
        compiled
            .warnings()
            .forEach(issue -> findings.add(new RouteFinding(issue, spec.text(), true)));
      } else if (result instanceof CompileResult.Rejected rejected) {
        rejected
            .issues()
            .forEach(issue -> findings.add(new RouteFinding(issue, spec.text(), false)));
      }
    }
    if (!findings.stream().allMatch(RouteFinding::warning)) {
      return new RouteTableResult.Rejected(findings);
    }
    plans.sort(RoutePlan.STRONGEST_FIRST);
    return new RouteTableResult.Compiled(new RouteTable(List.copyOf(plans)), findings);
  }

  private static RouteIssue sinkTooLong(RouteSpec spec, SinkId sink) {
    return new RouteIssue(
        IssueCode.TOO_LARGE,
        spec.name(),
        new Span(1, 1, 1),
        "module and input have "
            + sink.name().length()
            + " characters together, at most "
            + MAX_SINK_NAME
            + " are allowed",
        null);
  }

  private static SinkId sink(CompiledRoute route) {
    return route.sink() instanceof SinkRef.ModuleInput input
        ? new SinkId.ModuleInput(input.moduleId(), input.input())
        : SinkId.UPSTREAM;
  }

  private static RoutePlan plan(
      RouteSpec spec, CompiledRoute route, SinkId sink, long manifestTtlSecs) {
    long ttl = spec.timeToLiveSecs() == 0 ? manifestTtlSecs : spec.timeToLiveSecs();
    QueueId queue = new QueueId(sink.name(), spec.priority());
    return new RoutePlan(route, new RouteTarget(spec.name(), sink, queue, ttl, spec.maxBytes()));
  }

  /** Every sink that some route names. */
  public Set<SinkId> sinks() {
    return plans.stream().map(plan -> plan.target().sink()).collect(Collectors.toUnmodifiableSet());
  }

  /** Every route by name, with what it gives to a message. */
  public List<RouteTarget> targets() {
    return plans.stream().map(RoutePlan::target).toList();
  }

  /** Where a message goes; empty when no route takes it. Never throws because of the message. */
  public List<RouteTarget> route(Message message) {
    Candidates candidates = sources.candidates(message.source().path());
    List<RouteTarget> always = candidates.always();
    return always != null
        ? always
        : candidates.select(new MessageAdapter(message, candidates.bodyPaths()));
  }

  /**
   * Where a message goes that is not one of the hub's own, such as one of a test vector.
   *
   * @param path its source path, with a {@code /} at the end
   * @param view what conditions see of it; it must know all {@link #bodyPaths}
   */
  public List<RouteTarget> route(String path, MessageView view) {
    return sources.candidates(path).select(view);
  }

  /** What conditions of this table see of a message of the hub. Used by one thread. */
  public MessageView view(Message message) {
    return new MessageAdapter(message, bodyPaths);
  }

  /** Every body path that some condition asks for. */
  public BodyPaths bodyPaths() {
    return bodyPaths;
  }
}
