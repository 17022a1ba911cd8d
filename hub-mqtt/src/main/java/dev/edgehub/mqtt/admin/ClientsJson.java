package dev.edgehub.mqtt.admin;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.edgehub.mqtt.session.ClientFigures;
import java.time.Instant;
import java.util.List;

/** Connected clients as JSON. */
final class ClientsJson {

  private static final JsonMapper JSON = new JsonMapper();

  private ClientsJson() {}

  /**
   * One object per client.
   *
   * @param nowMillis wall time (ms since the epoch)
   */
  static ObjectNode of(List<ClientFigures> clients, long nowMillis) {
    ObjectNode json = JSON.createObjectNode();
    ArrayNode all = json.putArray("clients");
    for (ClientFigures figures : clients) {
      ObjectNode client = all.addObject();
      client.put("id", figures.id());
      long since = nowMillis - (long) (figures.connectedSeconds() * 1_000);
      client.put("since", Instant.ofEpochMilli(since).toString());
      client.put("sinceSeconds", Math.round(figures.connectedSeconds() * 1_000) / 1_000.0);
      client.put("protocol", figures.protocol());
      client.put("transport", figures.transport());
      client.put("remote", figures.remote());
      client.put("inFlightIn", figures.unstored());
      client.put("inFlightOut", figures.unanswered());
      client.put("waitingOut", figures.waiting());
      client.put("subscriptions", figures.subscriptions());
      client.put("bytesIn", figures.bytesIn());
      client.put("bytesOut", figures.bytesOut());
    }
    return json;
  }
}
