package dev.edgehub.lang;

import java.util.Objects;

/** The INTO part of a route. Sinks are case-sensitive. */
public sealed interface SinkRef {

  /** {@code $upstream}. */
  record Upstream() implements SinkRef {}

  /** {@code BrokeredEndpoint("/modules/moduleId/inputs/input")}. */
  record ModuleInput(String moduleId, String input) implements SinkRef {
    public ModuleInput {
      Objects.requireNonNull(moduleId, "moduleId");
      Objects.requireNonNull(input, "input");
    }
  }
}
