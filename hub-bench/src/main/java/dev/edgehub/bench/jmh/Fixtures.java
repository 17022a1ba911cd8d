package dev.edgehub.bench.jmh;

import dev.edgehub.manifest.Manifest;
import dev.edgehub.manifest.RouteSpec;
import dev.edgehub.message.EdgeMessageId;
import dev.edgehub.message.Identity;
import dev.edgehub.message.Message;
import dev.edgehub.message.MessageSource;
import dev.edgehub.message.Properties;
import dev.edgehub.message.SystemProperties;
import dev.edgehub.message.SystemProperty;
import dev.edgehub.routing.RouteTable;
import dev.edgehub.routing.RouteTableResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The message and the routes that benchmarks share. */
final class Fixtures {

  private Fixtures() {}

  /**
   * A body of 256 bytes as a machine sends it, {@code temperature} in the middle and at the end.
   */
  static byte[] telemetry() {
    return ("{\"machine\":{\"id\":\"m-17\",\"line\":4,\"site\":\"north\"},"
            + "\"ambient\":{\"temperature\":20.85,\"humidity\":26,\"pressure\":1.0132},"
            + "\"timeCreated\":\"2026-11-21T10:15:30.1234567Z\",\"status\":\"running\","
            + "\"errors\":[],\"counters\":[1204,88],\"note\":\"warmer than usual\",\"temperature\":21.5}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A JSON body of 256 bytes with {@code temperature} at its end, and three properties. */
  static Message message() {
    return message("out");
  }

  /** The same, sent on another output. */
  static Message message(String output) {
    String start = "{\"machine\":{\"id\":\"m-17\",\"line\":4},\"pad\":\"";
    String end = "\",\"temperature\":21.5}";
    String body = start + "x".repeat(256 - start.length() - end.length()) + end;
    return new Message(
        new EdgeMessageId(1, 1),
        MessageSource.of(new Identity.Module("edge", "sensor"), output),
        new SystemProperties.Builder()
            .set(SystemProperty.CONTENT_TYPE, "application/json")
            .set(SystemProperty.CONTENT_ENCODING, "utf-8")
            .build(),
        new Properties.Builder()
            .set("level", "warning")
            .set("site", "north")
            .set("shift", "2")
            .build(),
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** One route with that condition. */
  static RouteTable table(String condition) {
    return table(
        List.of(
            "FROM /messages/modules/sensor/outputs/out WHERE " + condition + " INTO $upstream"));
  }

  /** Routes by their texts. */
  static RouteTable table(List<String> texts) {
    List<RouteSpec> routes = new ArrayList<>();
    for (String text : texts) {
      routes.add(new RouteSpec("r" + routes.size(), text, RouteSpec.DEFAULT_PRIORITY, 0));
    }
    RouteTableResult result = RouteTable.compile(new Manifest(routes, 7_200));
    if (result instanceof RouteTableResult.Compiled compiled) {
      return compiled.table();
    }
    throw new IllegalArgumentException(
        String.join("\n", ((RouteTableResult.Rejected) result).issues()));
  }
}
