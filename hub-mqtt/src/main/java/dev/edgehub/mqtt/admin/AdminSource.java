package dev.edgehub.mqtt.admin;

import dev.edgehub.hub.HubHealth;
import dev.edgehub.hub.QueueReport;
import dev.edgehub.mqtt.session.ClientFigures;
import dev.edgehub.mqtt.upstream.UpstreamStatus;
import java.util.List;

/** What the admin listener shows. Methods may read the disk and are called on a thread that may. */
public interface AdminSource {

  /** The meters in Prometheus text format, brought up to date. */
  String metrics();

  HubHealth health();

  List<QueueReport> queues();

  /** Who is connected; may wait for the event loops for 2 s. */
  List<ClientFigures> clients();

  UpstreamStatus upstream();

  /** What an operator may change. */
  Operations operations();
}
