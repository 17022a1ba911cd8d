package dev.edgehub.mqtt.http;

import java.util.concurrent.CompletionStage;

/** Answers the requests of some paths. Called on event loops: it must not block. */
public interface HttpService {

  /** Whether requests of this path, decoded, are its own. */
  boolean serves(String path);

  /** The largest body it takes; a larger one is refused unread. */
  int maxBodyBytes();

  /** The answer, now or later, on any thread; a failure becomes status 500. */
  CompletionStage<HttpAnswer> answer(HttpCall call);
}
