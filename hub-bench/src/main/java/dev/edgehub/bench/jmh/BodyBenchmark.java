package dev.edgehub.bench.jmh;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.edgehub.lang.eval.BodyPath;
import dev.edgehub.lang.eval.Value;
import dev.edgehub.routing.body.BodyPaths;
import dev.edgehub.routing.body.BodyValues;
import java.io.IOException;
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

/**
 * {@code temperature} of a body of 256 bytes: with the hub's reader, with Jackson's tree, and with
 * Jackson's parser of bytes, which here does not even check the encoding.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BodyBenchmark {

  @Param({"one long text", "telemetry"})
  String shape = "telemetry";

  private final BodyPath path =
      new BodyPath("temperature", List.of(new BodyPath.Member("temperature")));
  private final BodyPaths paths = new BodyPaths(List.of(path));
  private final ObjectMapper mapper = new ObjectMapper();
  private final JsonFactory factory =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();
  private byte[] body = {};

  @Setup
  public void choose() throws IOException {
    body = shape.equals("telemetry") ? Fixtures.telemetry() : Fixtures.message().body();
    boolean same =
        body.length == 256
            && hub().equals(new Value.Num(21.5))
            && jacksonTree() == 21.5
            && jacksonParser() == 21.5;
    if (!same) {
      throw new IllegalStateException("wrong body of " + body.length + " bytes");
    }
  }

  @Benchmark
  public Value hub() {
    return BodyValues.read("application/json", "utf-8", body, paths).value(path);
  }

  @Benchmark
  public double jacksonTree() throws IOException {
    return mapper.readTree(body).path("temperature").doubleValue();
  }

  @Benchmark
  public double jacksonParser() throws IOException {
    double value = Double.NaN;
    try (JsonParser parser = factory.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return value;
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken token = parser.nextToken();
        if (name.equals("temperature")) {
          value = parser.getDoubleValue();
        } else if (token.isStructStart()) {
          parser.skipChildren();
        } else if (token == JsonToken.VALUE_STRING) {
          parser.finishToken();
        }
      }
      return parser.nextToken() == null ? value : Double.NaN;
    }
  }
}
