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

/** A message that every route takes, each to a sink of its own, or ten routes to each sink. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AllMatchBenchmark {

  @Param({"100", "10000"})
  int routes = 100;

  @Param({"1", "10"})
  int perSink = 1;

  private RouteTable table = RouteTable.EMPTY;
  private final Message message = Fixtures.message();

  @Setup
  public void compile() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < routes; i++) {
      texts.add(
          "FROM /messages/* WHERE level = 'warning' INTO BrokeredEndpoint('/modules/m/inputs/i%d')"
              .formatted(i / perSink));
    }
    table = Fixtures.table(texts);
  }

  @Benchmark
  public List<RouteTarget> route() {
    return table.route(message);
  }
}
