package dev.edgehub.identity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.message.Identity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the registry's JSON text strictly: every mistake is an issue with its path. */
public final class RegistryReader {

  /** The largest text read, in bytes. */
  public static final int MAX_BYTES = 8 << 20;

  /** The most identities of one registry. */
  public static final int MAX_IDENTITIES = 20_000;

  /** Issues told; a file that is wrong throughout must not fill the log. */
  private static final int MAX_ISSUES = 50;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(10)
                          .maxTokenCount(1_000_000)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final List<String> issues = new ArrayList<>();

  private RegistryReader() {}

  /** Reads bytes (UTF-8 JSON); wrong ones never throw. */
  public static RegistryResult read(byte[] json) {
    RegistryReader reader = new RegistryReader();
    Registry registry = reader.registry(json);
    if (reader.issues.isEmpty()) {
      return new RegistryResult.Valid(registry);
    }
    List<String> told = reader.issues;
    if (told.size() > MAX_ISSUES) {
      String more = "and " + (told.size() - MAX_ISSUES) + " more";
      told = new ArrayList<>(told.subList(0, MAX_ISSUES));
      told.add(more);
    }
    return new RegistryResult.Invalid(told);
  }

  private Registry registry(byte[] json) {
    JsonNode root = parse(json);
    List<RegisteredIdentity> entries = new ArrayList<>();
    if (root == null || !isObject(root, "the registry", Set.of("identities"))) {
      return Registry.EMPTY;
    }
    JsonNode identities = root.path("identities");
    if (identities.isMissingNode()) {
      issue("identities", "an object with an entry per id", "none");
    } else if (!identities.isObject()) {
      issue("identities", "an object with an entry per id", kind(identities));
    } else if (identities.size() > MAX_IDENTITIES) {
      issue("identities", "at most " + MAX_IDENTITIES, "" + identities.size());
    } else {
      identities
          .properties()
          .forEach(
              member -> {
                RegisteredIdentity entry = entry(member.getKey(), member.getValue());
                if (entry != null) {
                  entries.add(entry);
                }
              });
    }
    return Registry.of(entries);
  }

  private @Nullable JsonNode parse(byte[] json) {
    if (json.length > MAX_BYTES) {
      issue("the registry", "at most " + MAX_BYTES + " bytes", "more");
      return null;
    }
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String place =
          at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
      // the parser's words may quote a part of a key
      boolean duplicate = e.getOriginalMessage().startsWith("Duplicate field");
      issues.add(place + (duplicate ? e.getOriginalMessage() : "not JSON"));
    } catch (IOException e) {
      issues.add("not readable: " + e);
    }
    return null;
  }

  private @Nullable RegisteredIdentity entry(String id, JsonNode node) {
    String shown = id.length() > 2 * Identity.MAX_ID_LENGTH + 1 ? id.substring(0, 40) + "…" : id;
    String place = "identities/" + shown;
    Optional<Identity> identity = Identity.parse(id);
    if (identity.isEmpty()) {
      issue(place, "an id DEVICE or DEVICE/MODULE (# and + cannot be used in topics)", "another");
    }
    if (!isObject(node, place, Set.of("status", "authentication"))) {
      return null;
    }
    String status = text(node, "status", place);
    boolean enabled = !"disabled".equals(status);
    if (status != null && enabled && !status.equals("enabled")) {
      issue(place + "/status", "enabled or disabled", "another text");
    }
    Credential credential = credential(node.path("authentication"), place + "/authentication");
    return identity.isEmpty() || credential == null
        ? null
        : new RegisteredIdentity(identity.get(), enabled, credential);
  }

  private @Nullable Credential credential(JsonNode node, String place) {
    if (node.isMissingNode()) {
      issue(place, "an object with a type", "none");
      return null;
    }
    String type = node.isObject() ? text(node, "type", place) : null;
    String known = type == null ? "" : type;
    return switch (known) {
      case "sas" -> sas(node, place);
      case "selfSigned" -> selfSigned(node, place);
      case "certificateAuthority" ->
          isObject(node, place, Set.of("type")) ? new Credential.Authority() : null;
      case "none" -> isObject(node, place, Set.of("type")) ? new Credential.None() : null;
      default -> {
        issue(
            place + "/type",
            "sas, selfSigned, certificateAuthority or none",
            type == null ? "none of them" : "another text");
        yield null;
      }
    };
  }

  private @Nullable Credential sas(JsonNode node, String place) {
    String expected =
        "Base64 of " + SasKey.MIN_BYTES + " to " + SasKey.MAX_BYTES + " bytes, with padding";
    Pair<SasKey> pair = pair(node, place, "symmetricKey", "Key", SasKey::parse, expected);
    return pair == null ? null : new Credential.Sas(pair.primary(), pair.secondary());
  }

  private @Nullable Credential selfSigned(JsonNode node, String place) {
    String expected = "40 (SHA-1) or 64 (SHA-256) hexadecimal digits";
    Pair<Thumbprint> pair =
        pair(node, place, "x509Thumbprint", "Thumbprint", Thumbprint::parse, expected);
    return pair == null ? null : new Credential.SelfSigned(pair.primary(), pair.secondary());
  }

  private record Pair<T>(T primary, @Nullable T secondary) {}

  private <T> @Nullable Pair<T> pair(
      JsonNode node,
      String place,
      String member,
      String suffix,
      Function<String, Optional<T>> parse,
      String expected) {
    String inner = place + "/" + member;
    boolean shaped = isObject(node, place, Set.of("type", member));
    JsonNode object = node.path(member);
    if (!isObject(object, inner, Set.of("primary" + suffix, "secondary" + suffix))) {
      return null;
    }
    Optional<T> primary = value(object, "primary" + suffix, inner, parse, expected);
    boolean second = object.has("secondary" + suffix);
    Optional<T> secondary =
        second ? value(object, "secondary" + suffix, inner, parse, expected) : Optional.empty();
    return !shaped || primary.isEmpty() || (second && secondary.isEmpty())
        ? null
        : new Pair<>(primary.get(), secondary.orElse(null));
  }

  private <T> Optional<T> value(
      JsonNode object,
      String key,
      String place,
      Function<String, Optional<T>> parse,
      String expected) {
    JsonNode value = object.path(key);
    Optional<T> parsed = value.isTextual() ? parse.apply(value.textValue()) : Optional.empty();
    if (parsed.isEmpty()) {
      issue(place + "/" + key, expected, value.isMissingNode() ? "none" : "something else");
    }
    return parsed;
  }

  /** A text member; null when it is absent or, with an issue, when it is no text. */
  private @Nullable String text(JsonNode object, String key, String place) {
    JsonNode value = object.path(key);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isTextual()) {
      issue(place + "/" + key, "a text", kind(value));
      return null;
    }
    return value.textValue();
  }

  private boolean isObject(JsonNode node, String place, Set<String> keys) {
    if (!node.isObject()) {
      issue(place, "an object", kind(node));
      return false;
    }
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!keys.contains(key)) {
                String shown = key.length() > 40 ? key.substring(0, 40) + "…" : key;
                issue(place, String.join(", ", keys.stream().sorted().toList()), shown);
              }
            });
    return true;
  }

  private static String kind(JsonNode node) {
    return node.isMissingNode() ? "none" : node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private void issue(String place, String expected, String found) {
    issues.add(place + ": expected " + expected + ", found " + found);
  }
}
