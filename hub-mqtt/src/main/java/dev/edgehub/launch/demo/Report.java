package dev.edgehub.launch.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * How it ended.
 *
 * @param seconds what the play was scaled to
 * @param settled whether in the end every reading was acknowledged and had arrived
 */
record Report(int seconds, boolean settled, Tally tally, Audit audit, List<Kill> kills) {

  private static final JsonMapper JSON = new JsonMapper();

  Report {
    kills = List.copyOf(kills);
  }

  /** Nothing lost, nothing left behind, and the hubs tell the same story. */
  boolean good() {
    return settled && tally.lost() == 0 && audit.disagreements().isEmpty();
  }

  /** What stands in place of a report when there is none. */
  static String errorJson(String why) {
    return JSON.createObjectNode().put("error", why).toString();
  }

  String toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("accepted", tally.accepted());
    json.put("delivered", tally.delivered());
    json.put("expired", tally.expired());
    json.put("pending", tally.pending());
    json.put("filtered", tally.filtered());
    json.put("duplicates", tally.duplicates());
    json.put("lost", tally.lost());
    ArrayNode killed = json.putArray("kills");
    for (Kill kill : kills) {
      killed
          .addObject()
          .put("pid", kill.pid())
          .put("startedAt", kill.startedAt().toString())
          .put("killedAt", kill.killedAt().toString())
          .put("restartedAt", kill.restartedAt().toString());
    }
    ArrayNode hops = json.putArray("hops");
    hop(hops.addObject(), "tempSensor", "filtermodule", tally.sensorToFilter());
    hop(hops.addObject(), "filtermodule", "cloudApp", tally.filterToCloud());
    ObjectNode counters = json.putObject("hubCounters");
    counters.put("agree", audit.disagreements().isEmpty());
    ArrayNode disagreements = counters.putArray("disagreements");
    audit.disagreements().forEach(disagreements::add);
    ArrayNode queues = counters.putArray("queues");
    queue(queues.addObject(), "edge", audit.filterQueue());
    queue(queues.addObject(), "edge", audit.upstreamQueue());
    queue(queues.addObject(), "cloud", audit.cloudQueue());
    json.put("settled", settled);
    json.put("seconds", seconds);
    return json.toString();
  }

  private static void hop(ObjectNode json, String from, String to, HopTally hop) {
    json.put("from", from)
        .put("to", to)
        .put("accepted", hop.accepted())
        .put("delivered", hop.delivered())
        .put("expired", hop.expired())
        .put("pending", hop.pending())
        .put("duplicates", hop.duplicates())
        .put("lost", hop.lost())
        .put("deliveredUnacknowledged", hop.unasked())
        .put("entries", hop.entries());
  }

  private static void queue(ObjectNode json, String hub, QueueFigures queue) {
    json.put("hub", hub)
        .put("sink", queue.sink())
        .put("stored", queue.appended())
        .put("delivered", queue.delivered())
        .put("expired", queue.expired())
        .put("dropped", queue.dropped())
        .put("waiting", queue.depth());
  }
}
