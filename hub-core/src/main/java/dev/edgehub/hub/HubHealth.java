package dev.edgehub.hub;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the hub does its work.
 *
 * @param status {@code ok}; {@code degraded}: works, but a person should look; {@code failed}: does
 *     not acknowledge any more
 * @param problems one sentence each; empty when the status is {@code ok}
 */
public record HubHealth(Status status, List<String> problems) {

  /** From good to bad. */
  public enum Status {
    OK,
    DEGRADED,
    FAILED
  }

  public HubHealth {
    problems = List.copyOf(problems);
  }

  /** The same with more that a person should look at. */
  public HubHealth with(List<String> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(problems);
    all.addAll(more);
    return new HubHealth(status == Status.OK ? Status.DEGRADED : status, all);
  }
}
