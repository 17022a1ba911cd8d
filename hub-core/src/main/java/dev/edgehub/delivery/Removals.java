package dev.edgehub.delivery;

import dev.edgehub.store.AppendOutcome;
import dev.edgehub.store.Removal;
import java.util.function.Consumer;

/** Adds up removals that belong together; the worst outcome is that of the sum. Any thread. */
final class Removals implements Consumer<Removal> {

  private final Consumer<Removal> done;
  private int expected;
  private Removal sum = new Removal(AppendOutcome.DURABLE, 0);

  Removals(int expected, Consumer<Removal> done) {
    this.expected = expected;
    this.done = done;
  }

  @Override
  public void accept(Removal one) {
    Removal all;
    synchronized (this) {
      AppendOutcome worst =
          one.outcome().compareTo(sum.outcome()) > 0 ? one.outcome() : sum.outcome();
      sum = new Removal(worst, sum.entries() + one.entries());
      all = --expected == 0 ? sum : null;
    }
    if (all != null) {
      done.accept(all);
    }
  }
}
