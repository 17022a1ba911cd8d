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

/** What more routes cost that ask for the body: 1 and 11 of them, on one path or on several. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FurtherRoutesBenchmark {

  @Param({"1", "11"})
  int routes = 1;

  @Param({"temperature", "temperature,machine.line,pad,machine.id,nope"})
  String paths = "temperature";

  private RouteTable table = RouteTable.EMPTY;
  private final Message message = Fixtures.message();

  @Setup
  public void compile() {
    List<String> texts = new ArrayList<>();
    List<String> names = List.of(paths.split(","));
    for (int i = 0; i < routes; i++) {
      texts.add(
          "FROM /messages/* WHERE $body.%s = %d INTO BrokeredEndpoint('/modules/m%d/inputs/i')"
              .formatted(names.get(i % names.size()), i, i));
    }
    table = Fixtures.table(texts);
  }

  @Benchmark
  public List<RouteTarget> route() {
    return table.route(message);
  }
}
