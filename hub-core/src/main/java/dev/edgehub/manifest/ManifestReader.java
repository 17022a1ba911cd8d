package dev.edgehub.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code $edgeHub} section of a deployment manifest: routes in string and object form and
 * the time to live, in the envelopes {@code modulesContent} and {@code moduleContent}, bare or
 * inside {@code content}. Route texts are compiled elsewhere.
 */
public final class ManifestReader {

  /** The largest manifest read, in bytes. */
  public static final int MAX_BYTES = 8 << 20;

  /** The most routes of one manifest. */
  public static final int MAX_ROUTES = 10_000;

  /** A tree of more JSON tokens could fill the memory from a few bytes each. */
  private static final long MAX_TOKENS = 1_000_000;

  private static final String DESIRED = "properties.desired";
  private static final long MAX_TTL = 4_294_967_295L;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(100)
                          .maxTokenCount(MAX_TOKENS)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final List<String> issues = new ArrayList<>();

  private ManifestReader() {}

  /** Reads manifest bytes (UTF-8 JSON); wrong ones never throw. */
  public static ManifestResult read(byte[] json) {
    ManifestReader reader = new ManifestReader();
    Manifest manifest = reader.manifest(json);
    if (manifest == null) {
      return new ManifestResult.Rejected(reader.issues, List.of());
    }
    return reader.issues.isEmpty()
        ? new ManifestResult.Accepted(manifest)
        : new ManifestResult.Rejected(reader.issues, manifest.routes());
  }

  private @Nullable Manifest manifest(byte[] json) {
    JsonNode root = parse(json);
    JsonNode hub = root == null ? null : desired(root);
    if (hub == null) {
      return null;
    }
    String place = "$edgeHub/" + DESIRED;
    boolean objectForm = schemaMinor(hub, place) >= 1;
    return new Manifest(routes(hub.get("routes"), objectForm, place + "/routes"), ttl(hub, place));
  }

  private @Nullable JsonNode parse(byte[] json) {
    if (json.length > MAX_BYTES) {
      issues.add("expected at most " + MAX_BYTES + " bytes, found " + json.length);
      return null;
    }
    try {
      JsonNode root = JSON.readTree(json);
      if (root != null && root.isObject()) {
        return root;
      }
      issues.add("expected a JSON object with modulesContent, found " + kind(root));
    } catch (JsonProcessingException e) {
      issues.add(place(e) + "not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      issues.add("not readable: " + e);
    }
    return null;
  }

  /** Broken limits of the parser have no place. */
  private static String place(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
  }

  private @Nullable JsonNode desired(JsonNode root) {
    JsonNode outer = root.path("content").isObject() ? root.path("content") : root;
    JsonNode modern = outer.get("modulesContent");
    JsonNode legacy = outer.get("moduleContent");
    if (modern != null && legacy != null) {
      issues.add("expected modulesContent or moduleContent, found both; keep modulesContent");
      return null;
    }
    JsonNode content = modern != null ? modern : legacy;
    if (content == null || !content.isObject()) {
      issues.add("expected an object named modulesContent, found " + kind(content));
      return null;
    }
    JsonNode section = content.get("$edgeHub");
    JsonNode desired = section == null ? null : section.get(DESIRED);
    if (desired == null || !desired.isObject()) {
      issues.add("$edgeHub/" + DESIRED + ": expected an object, found " + kind(desired));
      return null;
    }
    return desired;
  }

  /** The minor version; issues are noted and 1 assumed, so that the rest is read too. */
  private int schemaMinor(JsonNode hub, String place) {
    JsonNode version = hub.get("schemaVersion");
    String text = version != null && version.isTextual() ? version.textValue() : "";
    if (!text.matches("1\\.[0-3](\\.\\d{1,9}){0,2}")) {
      issues.add(
          place
              + "/schemaVersion: expected a text from \"1.0\" to \"1.3\", found "
              + (version == null ? "nothing" : version.toString()));
      return 1;
    }
    return text.charAt(2) - '0';
  }

  private List<RouteSpec> routes(@Nullable JsonNode node, boolean objectForm, String place) {
    List<RouteSpec> routes = new ArrayList<>();
    if (node == null && !objectForm) {
      return routes;
    }
    if (node == null || !node.isObject() || node.size() > MAX_ROUTES) {
      issues.add(
          place + ": expected an object of at most " + MAX_ROUTES + " routes, found " + kind(node));
      return routes;
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String at = place + "/" + member.getKey();
      if (!member.getKey().matches("[^\\s.$#]+")) {
        issues.add(at + ": a route's name is not empty and has no blank, '.', '$' or '#'");
      }
      RouteSpec route = route(member.getKey(), member.getValue(), objectForm, at);
      if (route != null) {
        routes.add(route);
      }
    }
    routes.sort(Comparator.comparing(RouteSpec::name));
    return routes;
  }

  private @Nullable RouteSpec route(String name, JsonNode node, boolean objectForm, String at) {
    if (node.isTextual()) {
      boolean skip = !objectForm && node.textValue().isBlank();
      return skip ? null : new RouteSpec(name, node.textValue(), RouteSpec.DEFAULT_PRIORITY, 0);
    }
    if (!node.isObject() || !objectForm) {
      issues.add(
          at
              + (objectForm
                  ? ": expected a text or an object with \"route\", found "
                  : ": schema 1.0 knows routes as text only (objects need 1.1), found ")
              + kind(node));
      return null;
    }
    JsonNode text = node.get("route");
    if (text == null || !text.isTextual()) {
      issues.add(at + "/route: expected a text, found " + kind(text));
      return null;
    }
    return new RouteSpec(
        name,
        text.textValue(),
        priority(node.get("priority"), at),
        routeTtl(node, at),
        maxBytes(node.get("maxBytes"), at));
  }

  private int priority(@Nullable JsonNode node, String at) {
    if (node == null) {
      return RouteSpec.DEFAULT_PRIORITY;
    }
    boolean legal =
        node.isIntegralNumber()
            && node.canConvertToInt()
            && ((node.intValue() >= 0 && node.intValue() <= 9)
                || node.intValue() == RouteSpec.DEFAULT_PRIORITY);
    if (!legal) {
      issues.add(at + "/priority: expected a whole number from 0 to 9, found " + node);
    }
    return legal ? node.intValue() : RouteSpec.DEFAULT_PRIORITY;
  }

  private long routeTtl(JsonNode route, String at) {
    JsonNode node = route.get("timeToLiveSecs");
    if (node == null) {
      return 0;
    }
    boolean legal =
        node.isIntegralNumber()
            && node.canConvertToLong()
            && node.longValue() >= 0
            && node.longValue() <= MAX_TTL;
    if (!legal) {
      issues.add(
          at + "/timeToLiveSecs: expected a whole number from 0 to " + MAX_TTL + ", found " + node);
    }
    return legal ? node.longValue() : 0;
  }

  private long maxBytes(@Nullable JsonNode node, String at) {
    if (node == null) {
      return RouteSpec.NO_LIMIT;
    }
    boolean legal = node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 1;
    if (!legal) {
      issues.add(
          at
              + "/maxBytes: expected a whole number of bytes from 1 to "
              + Long.MAX_VALUE
              + ", found "
              + node
              + "; leave it out for no limit");
    }
    return legal ? node.longValue() : RouteSpec.NO_LIMIT;
  }

  private long ttl(JsonNode hub, String place) {
    JsonNode config = hub.get("storeAndForwardConfiguration");
    if (config == null || !config.isObject()) {
      issues.add(
          place + "/storeAndForwardConfiguration: expected an object, found " + kind(config));
      return 0;
    }
    JsonNode node = config.get("timeToLiveSecs");
    if (node == null) {
      return 0;
    }
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      issues.add(
          place
              + "/storeAndForwardConfiguration/timeToLiveSecs: expected a whole number of 32 bits,"
              + " found "
              + node);
      return 0;
    }
    return node.longValue();
  }

  private static String kind(@Nullable JsonNode node) {
    return node == null ? "nothing" : node.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
