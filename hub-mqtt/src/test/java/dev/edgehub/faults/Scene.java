package dev.edgehub.faults;

import dev.edgehub.store.QueueId;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What all processes of a test know: the queues, and the bytes that go with each id. */
final class Scene {

  static final List<QueueId> QUEUES =
      List.of(
          new QueueId("left", 0),
          new QueueId("left", 1),
          new QueueId("right", 0),
          new QueueId("upstream", 5));

  static final String COLLECTION = "faults";
  static final List<String> DOCUMENTS = List.of("first", "second", "third");

  private Scene() {}

  /** Mostly small, some of several KiB: the id says all. */
  static byte[] body(long id) {
    SplittableRandom random = new SplittableRandom(id);
    byte[] body = new byte[8 + random.nextInt(random.nextInt(8) == 0 ? 8_000 : 300)];
    random.nextBytes(body);
    for (int i = 0; i < 8; i++) {
      body[i] = (byte) (id >> (8 * i));
    }
    return body;
  }

  /** The id of a body, or -1 when these are not the bytes of any. */
  static long id(byte[] body) {
    long id = 0;
    for (int i = Math.min(8, body.length) - 1; i >= 0; i--) {
      id = (id << 8) | (body[i] & 0xff);
    }
    return Arrays.equals(body, body(id)) ? id : -1;
  }
}
