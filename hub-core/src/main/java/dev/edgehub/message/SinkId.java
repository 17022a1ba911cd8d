package dev.edgehub.message;

import java.util.Objects;
import java.util.Optional;

/** Where a message can go. Case-sensitive. */
public sealed interface SinkId {

  /** The one upstream. */
  SinkId UPSTREAM = new Upstream();

  /** The sink's name in queues, lists and metrics; {@link #parse} reads it back. */
  String name();

  /** Whatever is configured as upstream. */
  record Upstream() implements SinkId {
    @Override
    public String name() {
      return "upstream";
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /** An input of a module on this edge device; neither part contains {@code /}. */
  record ModuleInput(String moduleId, String input) implements SinkId {
    public ModuleInput {
      Objects.requireNonNull(moduleId, "moduleId");
      Objects.requireNonNull(input, "input");
    }

    @Override
    public String name() {
      return "modules/" + moduleId + "/inputs/" + input;
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /** The sink of that name; empty when the name is of no kind known here. */
  static Optional<SinkId> parse(String name) {
    if (name.equals("upstream")) {
      return Optional.of(UPSTREAM);
    }
    String[] parts = name.split("/", -1);
    return parts.length == 4 && parts[0].equals("modules") && parts[2].equals("inputs")
        ? Optional.of(new ModuleInput(parts[1], parts[3]))
        : Optional.empty();
  }
}
