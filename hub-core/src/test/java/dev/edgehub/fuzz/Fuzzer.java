package dev.edgehub.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Jazzer in a JVM of its own, with one target and the instrumentation of our packages. */
final class Fuzzer {

  private static final String RUNTIME = "com.code_intelligence.jazzer.runtime.";
  private static final String SANITIZERS = "com.code_intelligence.jazzer.sanitizers.";

  /**
   * For applications; here they watch calls that are never made, and cost two thirds of the speed.
   */
  private static final List<String> HOOKS =
      List.of(
          "BigDecimal",
          "ClojureLangHooks",
          "Deserialization",
          "ExpressionLanguageInjection",
          "FilePathTraversal",
          "LdapInjection",
          "NamingContextLookup",
          "OsCommandInjection",
          "ReflectiveCall",
          "RegexInjection",
          "RegexRoadblocks",
          "ScriptEngineInjection",
          "ServerSideRequestForgery",
          "SqlInjection",
          "TemplateInjection",
          "UnsafeSanitizer",
          "XPathInjection",
          "XmlParserSsrfGuidance");

  private final FuzzTarget target;
  private final Path directory;

  Fuzzer(FuzzTarget target, Path directory) {
    this.target = target;
    this.directory = directory;
  }

  /**
   * Runs to its end.
   *
   * @param options what libFuzzer takes: how long, and the corpus
   */
  FuzzRun run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(command());
    command.addAll(List.of(options));
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      int status = process.waitFor();
      return new FuzzRun(status, Files.readString(log));
    } finally {
      process.destroyForcibly();
    }
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:+EnableDynamicAgentLoading",
        "--enable-native-access=ALL-UNNAMED",
        "-Xmx512m",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + target.type().getName(),
        "--instrumentation_includes=" + included(),
        "--instrumentation_excludes=" + excluded(),
        "--trace=" + target.trace(),
        "--disabled_hooks=" + disabledHooks(),
        "--mutator_framework=false",
        "--reproducer_path=" + directory,
        "-artifact_prefix=" + directory + "/",
        "-dict=" + target.words(),
        "-max_len=" + target.longest(),
        // by the clock, for what never ends; the bound of a second is the target's own
        "-timeout=20",
        "-reload=0");
  }

  private String included() {
    return String.join(":", target.watched());
  }

  /** The fuzzer is to explore the hub, not what tests it. */
  private String excluded() {
    return "dev.edgehub.fuzz.**:dev.edgehub.mqtt.testing.**:" + target.type().getName() + "**";
  }

  private String disabledHooks() {
    Stream<String> tracing =
        target.trace().contains("cmp") ? Stream.empty() : Stream.of(RUNTIME + "TraceCmpHooks");
    return Stream.concat(tracing, HOOKS.stream().map(SANITIZERS::concat))
        .collect(Collectors.joining(":"));
  }
}
