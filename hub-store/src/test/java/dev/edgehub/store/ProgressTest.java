package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressTest {

  private final List<String> told = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 5; // it may overflow
  private final Progress progress = new Progress(told::add, () -> nanos);

  @Test
  void saysAtOnceWhatBeginsAndThenOnceASecondHowFarItIs() {
    progress.begin("reading", 100, "records");
    for (int i = 0; i < 40; i++) {
      nanos += Progress.EVERY_NANOS / 10;
      progress.advance(2);
    }

    assertEquals(
        List.of(
            "reading: 0 of about 100 records",
            "reading: 20 of about 100 records",
            "reading: 40 of about 100 records",
            "reading: 60 of about 100 records",
            "reading: 80 of about 100 records"),
        told);
  }

  @Test
  void doesNotSayThatThereIsLessThanWasDone() {
    progress.begin("reading", 10, "bytes");
    nanos += Progress.EVERY_NANOS;
    progress.advance(11);

    assertEquals(List.of("reading: 0 of about 10 bytes", "reading: 11 of about 11 bytes"), told);
  }

  @Test
  void passesOverAStepThatIsDoneBeforeItsTimeComes() {
    progress.begin("this", 0, "records");
    progress.begin("that");
    nanos += Progress.EVERY_NANOS;
    progress.begin("the last");

    assertEquals(List.of("this: 0 records", "the last"), told);
  }
}
