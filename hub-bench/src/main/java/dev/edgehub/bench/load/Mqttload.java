package dev.edgehub.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The load generator: one C file, compiled when it is first needed. */
final class Mqttload {

  private static final JsonMapper JSON = new JsonMapper();

  private final Path program;

  private Mqttload(Path program) {
    this.program = program;
  }

  /**
   * Compiles the generator.
   *
   * @param source the C file
   * @throws Skipped when the file or a C compiler is missing
   */
  static Mqttload build(Path source, Path directory) throws IOException, InterruptedException {
    if (!Files.isReadable(source)) {
      throw new Skipped("no load generator at " + source + "; name it with --mqttload FILE");
    }
    Path program = directory.resolve("mqttload").toAbsolutePath();
    try {
      Process compiler =
          new ProcessBuilder("cc", "-O2", "-o", program.toString(), source.toString())
              .inheritIO()
              .start();
      if (compiler.waitFor() != 0) {
        throw new Skipped("the C compiler could not build " + source);
      }
    } catch (IOException e) {
      throw new Skipped("no C compiler (cc): " + e.getMessage());
    }
    return new Mqttload(program);
  }

  /** Runs it to its end; what it printed. */
  JsonNode run(List<String> arguments) throws IOException, InterruptedException {
    return result(start(arguments));
  }

  /** Starts it; its end is awaited by {@link #result}. */
  Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  static JsonNode result(Process process) throws IOException, InterruptedException {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    if (out.isBlank()) {
      throw new IOException("the load generator printed nothing; its messages are above");
    }
    return JSON.readTree(out.strip().substring(out.strip().lastIndexOf('\n') + 1));
  }
}
