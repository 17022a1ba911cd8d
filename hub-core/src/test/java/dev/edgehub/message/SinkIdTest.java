package dev.edgehub.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SinkIdTest {

  @Test
  void readsBackItsName() {
    for (SinkId sink : List.of(SinkId.UPSTREAM, new SinkId.ModuleInput("agg", "in1"))) {
      assertEquals(Optional.of(sink), SinkId.parse(sink.name()));
    }
  }

  @Test
  void readsNoOtherName() {
    for (String name :
        List.of(
            "", "Upstream", "modules/a", "modules/a/inputs", "modules/a/outputs/b", "a/b/c/d")) {
      assertEquals(Optional.empty(), SinkId.parse(name), name);
    }
  }

  @Test
  void tellsUpperFromLowerCase() {
    assertNotEquals(new SinkId.ModuleInput("Agg", "in1"), new SinkId.ModuleInput("agg", "in1"));
  }

  @Test
  void handsOutMessageIdsThatDiffer() {
    EdgeMessageId.Sequence one = new EdgeMessageId.Sequence(new Random(1));
    EdgeMessageId.Sequence two = new EdgeMessageId.Sequence(new Random(2));
    Set<EdgeMessageId> ids = new HashSet<>();

    for (int i = 0; i < 100; i++) {
      ids.add(one.next());
      ids.add(two.next());
    }

    assertEquals(200, ids.size());
    assertEquals("00000000000000ff-12", new EdgeMessageId(255, 12).toString());
  }

  @Test
  void makesThePathsThatPatternsAreComparedWith() {
    Identity.Module module = new Identity.Module("edge", "probe");

    assertEquals("/messages/", MessageSource.of(new Identity.Device("leaf")).path());
    assertEquals("/messages/modules/probe/", MessageSource.of(module, null).path());
    assertEquals(
        "/messages/modules/probe/outputs/alerts/", MessageSource.of(module, "alerts").path());
    assertEquals("/messages/", MessageSource.of((Identity) new Identity.Device("d"), "o").path());
  }
}
