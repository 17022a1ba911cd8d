package dev.edgehub.mqtt.session;

import dev.edgehub.message.Identity;
import dev.edgehub.message.SinkId;
import dev.edgehub.mqtt.topic.HubTopics;
import dev.edgehub.mqtt.topic.ServiceTopics;
import dev.edgehub.mqtt.topic.TopicFilter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A client's filters with their QoS. Immutable, so that pumps may ask while the client subscribes.
 *
 * @param filters by text, in the order of subscribing
 */
record Subscriptions(Map<String, Subscribed> filters) {

  static final Subscriptions NONE = new Subscriptions(Map.of());

  /** A filter and the QoS granted for it, 0 or 1. */
  record Subscribed(TopicFilter filter, int qos) {}

  Subscriptions with(TopicFilter filter, int qos) {
    Map<String, Subscribed> more = new LinkedHashMap<>(filters);
    more.put(filter.text(), new Subscribed(filter, qos));
    return new Subscriptions(more);
  }

  Subscriptions without(String filter) {
    Map<String, Subscribed> fewer = new LinkedHashMap<>(filters);
    fewer.remove(filter);
    return new Subscriptions(fewer);
  }

  int size() {
    return filters.size();
  }

  /** The QoS that deliveries to an input have, or −1 when the client does not listen to it. */
  int qosOf(Identity.Module module, SinkId.ModuleInput input) {
    // the bag stands for one more level; any will do
    String topic = HubTopics.input(module, input) + "bag";
    int qos = -1;
    for (Subscribed subscribed : filters.values()) {
      if (subscribed.qos() > qos && subscribed.filter().matches(topic)) {
        qos = subscribed.qos();
      }
    }
    return qos;
  }

  /**
   * A filter that can deliver to this client, below its own inputs, or one for what comes with
   * twins, methods and messages to devices. Others are refused, because granting what never comes
   * misleads people.
   *
   * @param text a filter
   */
  static boolean isFor(Identity client, String text) {
    if (ServiceTopics.isFilter(text, client)) {
      return true;
    }
    if (!(client instanceof Identity.Module module)) {
      return false;
    }
    String inputs = HubTopics.inputsPrefix(module);
    String all = inputs.substring(0, inputs.length() - "inputs/".length()) + "#";
    return text.startsWith(inputs) || text.equals(all);
  }

  boolean contains(String filter) {
    return filters.containsKey(filter);
  }

  /** Whether one of the filters matches a topic. */
  boolean match(String topic) {
    for (Subscribed subscribed : filters.values()) {
      if (subscribed.filter().matches(topic)) {
        return true;
      }
    }
    return false;
  }

  /** One line per filter: QoS, blank, filter. */
  String toText() {
    StringBuilder out = new StringBuilder();
    filters.values().forEach(s -> out.append(s.qos()).append(' ').append(s.filter()).append('\n'));
    return out.toString();
  }

  /** Reads {@link #toText}; lines that are no filter any more are passed over. */
  static Subscriptions fromText(String text) {
    Subscriptions[] all = {NONE};
    text.lines()
        .filter(line -> line.length() > 2)
        .forEach(
            line ->
                TopicFilter.parse(line.substring(2))
                    .ifPresent(filter -> all[0] = all[0].with(filter, line.charAt(0) - '0')));
    return all[0];
  }
}
