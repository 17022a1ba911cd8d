package dev.edgehub.routing;

import dev.edgehub.lang.eval.MessageView;
import dev.edgehub.lang.eval.Truth;
import dev.edgehub.message.SinkId;
import dev.edgehub.routing.body.BodyPaths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes that can take messages of one source, strongest first. Immutable. */
final class Candidates {

  static final Candidates NONE = new Candidates(List.of(), new BodyPaths(List.of()));

  private final RoutePlan[] plans;

  /** For each plan the number of its sink, from 0. */
  private final int[] sinks;

  private final int sinkCount;
  private final BodyPaths bodyPaths;
  private final @Nullable List<RouteTarget> always;

  private Candidates(List<RoutePlan> plans, BodyPaths bodyPaths) {
    Map<SinkId, Integer> numbers = new HashMap<>();
    this.plans = plans.toArray(new RoutePlan[0]);
    this.sinks = new int[this.plans.length];
    for (int i = 0; i < sinks.length; i++) {
      SinkId sink = this.plans[i].target().sink();
      Integer known = numbers.putIfAbsent(sink, numbers.size());
      sinks[i] = known == null ? numbers.size() - 1 : known;
    }
    this.sinkCount = numbers.size();
    this.bodyPaths = bodyPaths;
    this.always =
        plans.stream().allMatch(RoutePlan::unconditional)
            ? plans.stream().map(RoutePlan::target).toList()
            : null;
  }

  /**
   * @param all of one source, strongest first
   * @param bodyPaths theirs at least
   */
  static Candidates of(List<RoutePlan> all, BodyPaths bodyPaths) {
    List<RoutePlan> plans = new ArrayList<>();
    Set<SinkId> settled = new HashSet<>();
    for (RoutePlan plan : all) {
      SinkId sink = plan.target().sink();
      if (!settled.contains(sink)) {
        plans.add(plan);
        if (plan.unconditional()) {
          settled.add(sink);
        }
      }
    }
    return new Candidates(plans, bodyPaths);
  }

  /** The answer for every message, when no condition has a say; else null. */
  @Nullable List<RouteTarget> always() {
    return always;
  }

  /** The body paths that conditions may ask a message for. */
  BodyPaths bodyPaths() {
    return bodyPaths;
  }

  List<RouteTarget> select(MessageView view) {
    if (always != null) {
      return always;
    }
    boolean @Nullable [] taken = sinkCount < plans.length ? new boolean[sinkCount] : null;
    List<RouteTarget> targets = List.of();
    for (int i = 0; i < plans.length; i++) {
      if (taken != null && taken[sinks[i]]) {
        continue;
      }
      RoutePlan plan = plans[i];
      if (plan.route().condition().evaluate(view) == Truth.TRUE) {
        targets = targets.isEmpty() ? plan.alone() : with(targets, plan.target());
        if (taken != null) {
          taken[sinks[i]] = true;
        }
      }
    }
    return targets;
  }

  /** Only a list of one is shared. */
  private static List<RouteTarget> with(List<RouteTarget> targets, RouteTarget target) {
    List<RouteTarget> longer = targets.size() == 1 ? new ArrayList<>(targets) : targets;
    longer.add(target);
    return longer;
  }
}
