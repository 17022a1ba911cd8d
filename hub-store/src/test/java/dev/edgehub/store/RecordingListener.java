package dev.edgehub.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers what a store told. */
final class RecordingListener implements StoreListener {

  final List<String> incidents = new CopyOnWriteArrayList<>();
  final List<LossReport> reports = new CopyOnWriteArrayList<>();
  final AtomicLong committedEntries = new AtomicLong();

  @Override
  public void committed(int entries, long bytes, long commitNanos) {
    committedEntries.addAndGet(entries);
  }

  @Override
  public void full(String why) {
    incidents.add("full");
  }

  @Override
  public void spaceReturned() {
    incidents.add("space returned");
  }

  @Override
  public void failed(StoreException failure) {
    incidents.add("failed");
  }

  @Override
  public void lost(LossReport report) {
    reports.add(report);
  }

  @Override
  public void clockStepped(long stepMillis) {
    incidents.add("stepped " + stepMillis);
  }

  @Override
  public void callbackFailed(Throwable thrown) {
    incidents.add("callback failed");
  }
}
