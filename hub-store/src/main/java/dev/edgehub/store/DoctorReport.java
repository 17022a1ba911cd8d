package dev.edgehub.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link StoreDoctor} found.
 *
 * @param queues by sink and priority
 * @param documents how many can be read
 * @param problems what is wrong with the store as a whole; those of a queue are with it
 * @param losses what damage has cost before, oldest first
 * @param repaired what this repair has cost, or null when nothing was repaired
 */
public record DoctorReport(
    List<QueueCheck> queues,
    long documents,
    List<String> problems,
    List<LossReport> losses,
    @Nullable LossReport repaired) {

  public DoctorReport {
    queues = List.copyOf(queues);
    problems = List.copyOf(problems);
    losses = List.copyOf(losses);
  }

  /** Whether there is no problem anywhere. */
  public boolean isHealthy() {
    return problems.isEmpty() && queues.stream().allMatch(queue -> queue.problems().isEmpty());
  }

  DoctorReport after(LossReport repair) {
    return new DoctorReport(queues, documents, problems, losses, repair);
  }

  /**
   * One queue.
   *
   * @param entries entries still owed that can be read
   * @param bytes bytes of the blocks that hold them
   * @param nextOffset the offset that the next entry will get
   * @param firstOwed the first offset that has not left
   * @param lost entries that damage has taken so far
   */
  public record QueueCheck(
      QueueId queue,
      long entries,
      long bytes,
      long nextOffset,
      long firstOwed,
      long lost,
      List<String> problems) {

    public QueueCheck {
      problems = List.copyOf(problems);
    }
  }
}
