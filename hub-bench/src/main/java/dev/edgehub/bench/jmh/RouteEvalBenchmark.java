package dev.edgehub.bench.jmh;

import dev.edgehub.message.Message;
import dev.edgehub.routing.RouteTable;
import dev.edgehub.routing.RouteTarget;
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

/** What one message costs in a table of one route, by the kind of its condition. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class RouteEvalBenchmark {

  @Param({
    "true",
    "level = 'warning'",
    "$contentType = 'application/json'",
    "level = 'warning' AND site = 'north' AND shift = '2'",
    "$body.temperature > 20"
  })
  String condition = "true";

  private RouteTable table = RouteTable.EMPTY;
  private final Message message = Fixtures.message();

  @Setup
  public void compile() {
    table = Fixtures.table(condition);
  }

  @Benchmark
  public List<RouteTarget> route() {
    return table.route(message);
  }
}
