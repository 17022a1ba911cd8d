package dev.edgehub.launch.demo;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Plays the scenes, on the command's own thread, and closes the ledger. */
final class Director {

  /** The settling ends early when nothing has arrived anywhere for this long. */
  private static final long QUIET_MILLIS = 20_000;

  private static final long SETTLE_MILLIS = 120_000;

  /** Counters of a hub follow the acknowledgements after a moment. */
  private static final long AUDIT_MILLIS = 10_000;

  private static final long BEAT_MILLIS = 200;

  private final Stage stage;
  private final Ledger ledger;
  private final Story story;
  private final Alarm alarm;

  Director(Stage stage, Ledger ledger, Story story, Alarm alarm) {
    this.stage = stage;
    this.ledger = ledger;
    this.story = story;
    this.alarm = alarm;
  }

  /** Plays everything; the story has begun. */
  Report play() {
    begin(Scene.FLOW, Scene.FLOW.sentence());
    stage.startSensor();
    playOut(Scene.FLOW);

    stage.cutUpstream();
    begin(Scene.CUT, Scene.CUT.sentence());
    playOut(Scene.CUT);

    begin(Scene.KILL, "the edge hub was killed with SIGKILL, pid " + stage.killEdge());
    playOut(Scene.KILL);
    begin(Scene.GROW, "the edge hub runs again on the same data, pid " + stage.restartEdge());
    playOut(Scene.GROW);

    stage.restoreUpstream();
    begin(Scene.DRAIN, Scene.DRAIN.sentence());
    playOut(Scene.DRAIN);

    stage.stopSensor();
    begin(Scene.SETTLE, Scene.SETTLE.sentence());
    return audit(settle());
  }

  private void begin(Scene scene, String event) {
    story.begin(scene);
    story.tell(event);
  }

  private void playOut(Scene scene) {
    alarm.pause(scene.millis(story.seconds(), story.elapsedMillis()));
  }

  /** Waits until nothing is under way; false when that does not come to pass. */
  private boolean settle() {
    long end = story.elapsedMillis() + SETTLE_MILLIS;
    long changed = story.elapsedMillis();
    Ledger.Counts seen = ledger.counts();
    while (!ledger.awaitSettled(BEAT_MILLIS)) {
      alarm.pause(0);
      Ledger.Counts now = ledger.counts();
      long elapsed = story.elapsedMillis();
      changed = now.equals(seen) ? changed : elapsed;
      seen = now;
      if (elapsed > end || elapsed - changed > QUIET_MILLIS) {
        story.tell("not settled after all: the ledger is closed as it is");
        return false;
      }
    }
    story.tell("settled: nothing is under way any more");
    return true;
  }

  private Report audit(boolean settled) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(AUDIT_MILLIS);
    while (true) {
      Tally tally = ledger.tally();
      try {
        Audit audit = Audit.of(tally, stage.edgeQueues(), stage.cloudQueues());
        if (audit.disagreements().isEmpty() || System.nanoTime() > deadline) {
          return new Report(story.seconds(), settled, tally, audit, stage.kills());
        }
      } catch (IOException e) {
        throw new DemoFailedException("a hub does not tell its counters: " + e, e);
      }
      alarm.pause(BEAT_MILLIS);
    }
  }
}
