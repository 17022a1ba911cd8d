package dev.edgehub.bench.jmh;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.edgehub.lang.CompileLimits;
import dev.edgehub.lang.CompileResult;
import dev.edgehub.lang.RouteCompiler;
import dev.edgehub.lang.eval.Condition;
import dev.edgehub.lang.eval.MessageView;
import dev.edgehub.lang.eval.Truth;
import dev.edgehub.message.Message;
import dev.edgehub.routing.RouteTable;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/**
 * A condition by itself on the message as the hub has it, beside CEL. CEL gets what suits it best:
 * the planning runtime, a checked expression, and a map of the properties made beforehand.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ConditionBenchmark {

  @Param({
    "level = 'warning'",
    "$contentType = 'application/json'",
    "level = 'warning' AND site = 'north' AND shift = '2'",
    "starts_with(site, 'no') OR level = 'critical'"
  })
  String text = "true";

  private Condition condition = Condition.ALWAYS;
  private final Message message = Fixtures.message();
  private final MessageView view = RouteTable.EMPTY.view(message);
  private CelRuntime.@Nullable Program cel;
  private final Map<String, Object> properties =
      Map.of("level", "warning", "site", "north", "shift", "2", "contentType", "application/json");

  @Setup
  public void compile() throws CelValidationException, CelEvaluationException {
    CompileResult result =
        new RouteCompiler(CompileLimits.DEFAULT)
            .compile("r", "FROM /* WHERE " + text + " INTO $upstream");
    condition = ((CompileResult.Compiled) result).route().condition();
    cel = program();
    if (condition.evaluate(view) != Truth.TRUE || !Boolean.TRUE.equals(cel())) {
      throw new IllegalStateException("the message does not match: " + text);
    }
  }

  private CelRuntime.Program program() throws CelValidationException, CelEvaluationException {
    Cel engine =
        CelFactory.plannerCelBuilder()
            .addVar("level", SimpleType.STRING)
            .addVar("site", SimpleType.STRING)
            .addVar("shift", SimpleType.STRING)
            .addVar("contentType", SimpleType.STRING)
            .build();
    String expression =
        text.replace("=", "==")
            .replace("AND", "&&")
            .replace("OR", "||")
            .replace("$contentType", "contentType")
            .replace("starts_with(site, 'no')", "site.startsWith('no')");
    return engine.createProgram(engine.compile(expression).getAst());
  }

  @Benchmark
  public Truth condition() {
    return condition.evaluate(view);
  }

  @Benchmark
  public Object cel() throws CelEvaluationException {
    return Objects.requireNonNull(cel).eval(properties);
  }
}
