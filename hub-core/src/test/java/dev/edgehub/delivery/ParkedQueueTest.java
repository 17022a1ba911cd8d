package dev.edgehub.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.edgehub.deadletter.DeadLetterQueues;
import dev.edgehub.message.Identity;
import dev.edgehub.message.SinkId;
import dev.edgehub.store.QueueId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParkedQueueTest {

  private static final SinkId INPUT = new SinkId.ModuleInput("from", "from");

  @Test
  void isFoundAgainByItsName() {
    for (SinkId sink : List.of(SinkId.UPSTREAM, INPUT)) {
      for (Identity sender :
          List.of(
              new Identity.Device("leaf-9"),
              new Identity.Module("edge-01", "probe"),
              new Identity.Module("from", "from"))) {
        ParkedQueue queue = new ParkedQueue(sink, sender, 7);
        assertEquals(Optional.of(queue), ParkedQueue.of(queue.id()), queue.id().toString());
      }
    }
  }

  @Test
  void hasANameThatPeopleCanRead() {
    QueueId queue = new ParkedQueue(SinkId.UPSTREAM, new Identity.Device("leaf-9"), 5).id();

    assertEquals(new QueueId("parked/upstream/from/leaf-9", 5), queue);
  }

  @Test
  void isNeitherASinksNorOneOfDeadLetters() {
    QueueId queue = new ParkedQueue(INPUT, new Identity.Device("leaf-9"), 0).id();

    assertEquals(Optional.empty(), SinkId.parse(queue.sink()));
    assertEquals(Optional.empty(), DeadLetterQueues.sinkOf(queue));
  }

  @Test
  void doesNotTakeOtherNamesForItsOwn() {
    for (String name :
        List.of(
            "upstream",
            "modules/agg/inputs/in1",
            "dead-letters/upstream",
            "parked/upstream",
            "parked/from/leaf-9",
            "parked/upstream/from/",
            "parked/upstream/from/a/b/c",
            "parked/elsewhere/from/leaf-9")) {
      assertEquals(Optional.empty(), ParkedQueue.of(new QueueId(name, 0)), name);
    }
  }
}
