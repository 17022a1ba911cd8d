package dev.edgehub.delivery;

import dev.edgehub.message.SinkId;
import org.jspecify.annotations.Nullable;

/** A connected module, asked which of its inputs it wants to be fed. */
public interface ModuleLinks {

  /** The link for that input, or null while the module does not listen to it; any thread. */
  @Nullable Sink linkTo(SinkId.ModuleInput input);
}
