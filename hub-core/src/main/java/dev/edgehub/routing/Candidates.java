package dev.edgehub.routing;

import dev.edgehub.lang.eval.MessageView;
import dev.edgehub.lang.eval.Truth;
import dev.edgehub.message.SinkId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The routes that can take messages of one source path, strongest first.
 *
 * @param always the answer for every message, when no condition has a say; else null
 */
record Candidates(List<RoutePlan> plans, @Nullable List<RouteTarget> always) {

  static Candidates of(List<RoutePlan> all, String path) {
    List<RoutePlan> plans = new ArrayList<>();
    Set<SinkId> settled = new HashSet<>();
    for (RoutePlan plan : all) {
      SinkId sink = plan.target().sink();
      if (!settled.contains(sink) && plan.route().source().matches(path)) {
        plans.add(plan);
        if (plan.unconditional()) {
          settled.add(sink);
        }
      }
    }
    boolean fixed = plans.stream().allMatch(RoutePlan::unconditional);
    return new Candidates(
        List.copyOf(plans), fixed ? plans.stream().map(RoutePlan::target).toList() : null);
  }

  List<RouteTarget> select(MessageView view) {
    if (always != null) {
      return always;
    }
    List<RouteTarget> targets = new ArrayList<>(plans.size());
    for (RoutePlan plan : plans) {
      if (!taken(targets, plan.target().sink())
          && plan.route().condition().evaluate(view) == Truth.TRUE) {
        targets.add(plan.target());
      }
    }
    return targets;
  }

  private static boolean taken(List<RouteTarget> targets, SinkId sink) {
    for (int i = 0; i < targets.size(); i++) {
      if (targets.get(i).sink().equals(sink)) {
        return true;
      }
    }
    return false;
  }
}
