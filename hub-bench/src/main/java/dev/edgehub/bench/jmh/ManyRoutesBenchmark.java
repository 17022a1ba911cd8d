package dev.edgehub.bench.jmh;

import dev.edgehub.message.Message;
import dev.edgehub.routing.RouteTable;
import dev.edgehub.routing.RouteTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One message in tables of 10 and of 10,000 routes; ten can take each message, one does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ManyRoutesBenchmark {

  @Param({"1", "1000"})
  int outputs = 1;

  @Param({"property", "body"})
  String kind = "property";

  private RouteTable table = RouteTable.EMPTY;
  private Message[] messages = {};
  private int turn;

  @Setup
  public void compile() {
    List<String> texts = new ArrayList<>();
    messages = new Message[outputs];
    for (int output = 0; output < outputs; output++) {
      messages[output] = Fixtures.message("out" + output);
      for (int i = 0; i < 10; i++) {
        String condition =
            kind.equals("property") ? "shift = '" + i + "'" : "$body.temperature = 2" + i + ".5";
        texts.add(
            "FROM /messages/modules/sensor/outputs/out%d WHERE %s INTO BrokeredEndpoint('/modules/m%d/inputs/i')"
                .formatted(output, condition, i));
      }
    }
    table = Fixtures.table(texts);
    if (table.route(messages[0]).size() != 1) {
      throw new IllegalStateException("not one route");
    }
  }

  /** The same message every time. */
  @Benchmark
  public List<RouteTarget> same() {
    return table.route(messages[0]);
  }

  /** Each output in turn, so that little of the table is in the processor's caches. */
  @Benchmark
  public List<RouteTarget> inTurn() {
    turn = turn + 1 < messages.length ? turn + 1 : 0;
    return table.route(messages[turn]);
  }
}
