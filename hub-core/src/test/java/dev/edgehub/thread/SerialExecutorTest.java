package dev.edgehub.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.testing.SteppedExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {

  private final SteppedExecutor pool = new SteppedExecutor();
  private final SerialExecutor serial = new SerialExecutor(pool);
  private final List<Integer> ran = new ArrayList<>();

  @Test
  void runsTasksInTheirOrder() {
    IntStream.range(0, 200).forEach(i -> serial.execute(() -> ran.add(i)));

    pool.runAll();

    assertEquals(IntStream.range(0, 200).boxed().toList(), ran);
  }

  @Test
  void occupiesOneThreadOfThePool() {
    serial.execute(() -> ran.add(1));
    serial.execute(() -> ran.add(2));

    assertEquals(1, pool.waiting());
  }

  @Test
  void givesTheThreadBackAfterATurn() {
    IntStream.range(0, 200).forEach(i -> serial.execute(() -> ran.add(i)));

    pool.run(1);

    assertEquals(64, ran.size());
    assertEquals(1, pool.waiting());
  }

  @Test
  void runsTheNextTaskAfterOneThatThrows() {
    serial.execute(
        () -> {
          throw new IllegalStateException("a defect");
        });
    serial.execute(() -> ran.add(1));

    pool.runAll();

    assertEquals(List.of(1), ran);
  }

  @Test
  void runsATaskPostedByATaskAfterThoseThatWait() {
    serial.execute(() -> serial.execute(() -> ran.add(2)));
    serial.execute(() -> ran.add(1));

    pool.runAll();

    assertEquals(List.of(1, 2), ran);
  }

  @Test
  void runsATaskOnTheCallersThreadWhenNothingWaits() {
    assertTrue(serial.runIfIdle(() -> ran.add(1)));

    assertEquals(List.of(1), ran);
    assertEquals(0, pool.waiting());
  }

  @Test
  void runsNothingOnTheCallersThreadBeforeWhatWaits() {
    serial.execute(() -> ran.add(1));

    assertFalse(serial.runIfIdle(() -> ran.add(2)));
    pool.runAll();

    assertEquals(List.of(1), ran);
  }

  @Test
  void runsWhatCameInMeanwhileInThePool() {
    serial.runIfIdle(
        () -> {
          serial.execute(() -> ran.add(2));
          assertFalse(serial.runIfIdle(() -> ran.add(3)));
          ran.add(1);
        });

    pool.runAll();

    assertEquals(List.of(1, 2), ran);
  }

  @Test
  void isIdleAgainAfterATaskThatThrewOnTheCallersThread() {
    serial.runIfIdle(
        () -> {
          throw new IllegalStateException("a defect");
        });

    assertTrue(serial.runIfIdle(() -> ran.add(1)));
  }
}
