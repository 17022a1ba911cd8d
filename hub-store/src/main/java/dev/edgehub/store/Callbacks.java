package dev.edgehub.store;

import java.util.function.Consumer;

/**
 * Calls out of the writer thread. Whatever a callee throws stays here: one bad callback must not
 * stop the store of all others.
 */
final class Callbacks {

  private final StoreListener listener;

  Callbacks(StoreListener listener) {
    this.listener = listener;
  }

  void finish(WriteCommand command, AppendOutcome outcome) {
    guard(() -> command.finish(outcome));
  }

  void finish(WriteCommand.Move command, MoveOutcome outcome) {
    guard(() -> command.done().accept(outcome));
  }

  void appended(BlockReader reader) {
    guard(reader::tellAppended);
  }

  void tell(Consumer<StoreListener> event) {
    try {
      event.accept(listener);
    } catch (Throwable ignored) { // there is nobody left to tell
    }
  }

  private void guard(Runnable call) {
    try {
      call.run();
    } catch (Throwable thrown) { // errors, too: a callee's assertion is no reason to stop
      tell(to -> to.callbackFailed(thrown));
    }
  }
}
