package dev.edgehub.mqtt.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.message.Identity;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DelayedWillsTest {

  private static final Identity CLIENT = new Identity.Module("edge", "sensor");

  private final EmbeddedChannel clock = new EmbeddedChannel();
  private final DelayedWills wills = new DelayedWills();
  private final List<String> published = new ArrayList<>();

  @BeforeEach
  void freeze() {
    clock.freezeTime();
  }

  @Test
  void aWillIsPublishedOnceItsDelayIsOver() {
    leave("first", 10);

    pass(9);
    assertEquals(List.of(), published);
    pass(2);
    assertEquals(List.of("first"), published);
    pass(100);
    assertEquals(List.of("first"), published);
  }

  @Test
  void aClientThatComesBackToItsSessionTakesItsWillAway() {
    leave("first", 10);

    wills.clientIsBack(CLIENT, false);

    pass(100);
    assertEquals(List.of(), published);
  }

  @Test
  void aClientThatLeavesItsSessionBehindHasItsWillPublishedAtOnce() {
    leave("first", 10);

    wills.clientIsBack(CLIENT, true);

    assertEquals(List.of("first"), published);
    pass(100);
    assertEquals(List.of("first"), published);
  }

  @Test
  void theTimerOfAnEarlierWillLeavesALaterOneAlone() {
    leave("first", 10);
    wills.clientIsBack(CLIENT, false);
    pass(5);
    leave("second", 10);

    pass(6);
    assertEquals(List.of(), published);
    pass(5);
    assertEquals(List.of("second"), published);
  }

  private void leave(String text, long seconds) {
    wills.leave(CLIENT, () -> published.add(text), seconds, clock.eventLoop());
  }

  private void pass(long seconds) {
    clock.advanceTimeBy(seconds, TimeUnit.SECONDS);
    clock.runScheduledPendingTasks();
  }
}
