package dev.edgehub.store;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers what a store told. */
final class RecordingListener implements StoreListener {

  final List<String> incidents = new CopyOnWriteArrayList<>();
  final List<String> salvaging = new CopyOnWriteArrayList<>();
  final List<LossReport> reports = new CopyOnWriteArrayList<>();
  final Map<QueueId, Long> evicted = new ConcurrentHashMap<>();
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
  public void evicting(String why) {
    incidents.add("evicting");
  }

  @Override
  public void evicted(QueueId queue, long entries, long bytes) {
    evicted.merge(queue, entries, Long::sum);
  }

  @Override
  public void evictionEnded(long entries, long bytes) {
    incidents.add("evicted " + entries);
  }

  @Override
  public void queueFull(QueueId queue, String why) {
    incidents.add("full " + queue.sink());
  }

  @Override
  public void queueSpaceReturned(QueueId queue, long evictedEntries) {
    incidents.add("space in " + queue.sink() + " after " + evictedEntries);
  }

  @Override
  public void failed(StoreException failure) {
    incidents.add("failed");
  }

  @Override
  public void salvaging(String progress) {
    salvaging.add(progress);
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
