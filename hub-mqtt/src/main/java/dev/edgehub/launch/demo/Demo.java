package dev.edgehub.launch.demo;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One performance, from an empty directory to the ledger. */
public final class Demo {

  public static final int LEAST_SECONDS = 20;

  /** Beyond an hour the outage would come near the manifest's time to live. */
  public static final int MOST_SECONDS = 3_600;

  private static final long POLL_MILLIS = 500;
  private static final int TIMER_THREADS = 3;

  private final int seconds;
  private final boolean json;
  private final PrintStream words;
  private final Screen screen;
  private final Cleanup cleanup = new Cleanup();
  private final Alarm alarm = new Alarm();

  /** The end was reached, with whatever result. */
  private volatile boolean over;

  /** A signal came first: the director's complaints are of no interest. */
  private volatile boolean abandoned;

  /**
   * A performance that has not begun.
   *
   * @param seconds what the scenes are scaled to, within the bounds above
   * @param json whether one JSON object is all that goes to standard output
   */
  public Demo(int seconds, boolean json) {
    this.seconds = seconds;
    this.json = json;
    this.words = json ? System.err : System.out;
    this.screen = Terminal.screen(words, json ? 2 : 1, System.getenv());
  }

  /** Plays; whether nothing was lost and nothing else was wrong. */
  public boolean play() {
    Workplace place = Workplace.create();
    // a signal: what runs is ended and what was written is removed, before this process ends
    Runtime.getRuntime().addShutdownHook(new Thread(() -> abandon(place), "demo-hook"));
    @Nullable Report report = null;
    String failure = "";
    try {
      report = perform(place);
    } catch (DemoFailedException e) {
      failure = "" + e.getMessage();
    } finally {
      screen.close();
      cleanup.close();
    }
    if (abandoned) {
      return false;
    }
    boolean good = report != null && report.good();
    if (good) {
      place.remove();
    } else {
      words.println("edge-hub demo: data and logs are kept in " + place.root());
    }
    over = true;
    tell(report, failure);
    return good;
  }

  private Report perform(Workplace place) {
    words.println(
        "setting the stage: a parent hub as the cloud, the edge hub, two modules; in "
            + place.root());
    ScheduledExecutorService timer =
        Executors.newScheduledThreadPool(
            TIMER_THREADS,
            work -> {
              Thread thread = new Thread(work, "demo-timer");
              thread.setDaemon(true);
              return thread;
            });
    cleanup.keep(timer::shutdownNow);
    Ledger ledger = new Ledger(place.timeToLiveSeconds(), System::nanoTime);
    Stage stage = new Stage(place, ledger, timer, cleanup, alarm);
    Story story = new Story(seconds, screen::tell);
    Camera camera = new Camera(stage, ledger, story);
    every(timer, POLL_MILLIS, camera::poll);
    every(timer, screen.periodMillis(), () -> screen.show(camera.take()));
    return new Director(stage, ledger, story, alarm).play();
  }

  private void every(ScheduledExecutorService timer, long millis, Runnable work) {
    timer.scheduleWithFixedDelay(() -> alarm.guard(work), 0, millis, TimeUnit.MILLISECONDS);
  }

  private void tell(@Nullable Report report, String failure) {
    if (report != null) {
      ReportText.write(report).forEach(words::println);
    } else {
      words.println("edge-hub demo: " + failure);
    }
    words.flush();
    if (json) {
      System.out.println(report == null ? Report.errorJson(failure) : report.toJson());
    }
  }

  private void abandon(Workplace place) {
    if (over) {
      return;
    }
    abandoned = true;
    screen.close();
    cleanup.close();
    place.remove();
  }
}
