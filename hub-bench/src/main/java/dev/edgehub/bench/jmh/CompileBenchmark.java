package dev.edgehub.bench.jmh;

import dev.edgehub.routing.RouteTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 1,000 routes from text to a table, once in each fresh process: nothing is compiled or loaded. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(7)
public class CompileBenchmark {

  private static final List<String> CONDITIONS =
      List.of(
          "",
          "WHERE level = 'warning'",
          "WHERE level = 'l%1$d' AND site = 'north' AND NOT is_defined(shift)",
          "WHERE $body.machine.temperature > %1$d",
          "WHERE as_number(threshold) <= %1$d.5 OR $contentType = 'application/json'",
          "WHERE $body.errors[%1$d].code = 'E%1$d' AND ($body.ok = false OR level <> 'info')",
          "WHERE starts_with(lower(site), 'n%1$d') AND length(site) > 3",
          "WHERE $connectionModuleId = 'm%1$d' AND abs($body.a - $body.b) >= 0.%1$d",
          "WHERE contains($body.text, 'alarm %1$d') ?? false",
          "WHERE concat(site, '/', line) = 'north/%1$d' AND substring(level, 0, 4) = 'warn'");

  private final List<String> texts = texts();

  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String text =
          "FROM /messages/modules/m%1$d/outputs/o%1$d "
              + CONDITIONS.get(i % CONDITIONS.size())
              + (i % 4 == 0
                  ? " INTO $upstream"
                  : " INTO BrokeredEndpoint(\"/modules/n%1$d/inputs/i%1$d\")");
      texts.add(text.formatted(i));
    }
    return texts;
  }

  @Benchmark
  public RouteTable compile() {
    return Fixtures.table(texts);
  }
}
