package dev.edgehub.mqtt.workload;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.edgehub.identity.Credential;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.RegistrySource;
import dev.edgehub.identity.SasKey;
import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.topic.PercentCoding;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * What is answered to which request. Signs for registered, enabled modules of this device that have
 * keys, never for the hub's own ({@code $…}); the generation in the path is not looked at. May read
 * a file.
 */
final class WorkloadApi {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String deviceId;
  private final RegistrySource registry;
  private final TrustBundle bundle;

  WorkloadApi(String deviceId, RegistrySource registry, TrustBundle bundle) {
    this.deviceId = deviceId;
    this.registry = registry;
    this.bundle = bundle;
  }

  /**
   * Answers.
   *
   * @param uri as received: path, percent-encoded, and query
   */
  WorkloadAnswer answer(String method, String uri, byte[] body) {
    String path = uri.indexOf('?') < 0 ? uri : uri.substring(0, uri.indexOf('?'));
    String[] parts = path.split("/", -1);
    if (path.equals("/trust-bundle") && method.equals("GET")) {
      return trustBundle();
    }
    boolean sign =
        parts.length == 6
            && parts[0].isEmpty()
            && parts[1].equals("modules")
            && parts[3].equals("genid")
            && parts[5].equals("sign");
    if (sign && method.equals("POST")) {
      return sign(PercentCoding.decode(parts[2]), body);
    }
    return WorkloadAnswer.notFound(
        "expected GET /trust-bundle or POST /modules/MODULE/genid/GENERATION/sign");
  }

  private WorkloadAnswer trustBundle() {
    try {
      return WorkloadAnswer.ok("certificate", bundle.read());
    } catch (IOException e) {
      return WorkloadAnswer.notFound("there is no trust bundle: " + e.getMessage());
    }
  }

  private WorkloadAnswer sign(String moduleId, byte[] body) {
    if (!Identity.isId(moduleId)) {
      return WorkloadAnswer.badRequest("expected a module id in the path, found another text");
    }
    if (moduleId.startsWith("$")) {
      return WorkloadAnswer.forbidden("the hub's own modules cannot be signed for here");
    }
    Identity module = new Identity.Module(deviceId, moduleId);
    RegisteredIdentity found = registry.current().find(module);
    if (found == null) {
      found = registry.lookAgain().find(module);
    }
    if (found == null) {
      return WorkloadAnswer.notFound(
          module + " is not registered; add it with edge-hub identity add " + module);
    }
    if (!found.enabled()) {
      return WorkloadAnswer.forbidden(module + " is disabled");
    }
    if (!(found.credential() instanceof Credential.Sas keys)) {
      return WorkloadAnswer.forbidden(
          module + " has no keys: it is registered with " + found.credential().type());
    }
    return sign(keys, body);
  }

  private static WorkloadAnswer sign(Credential.Sas keys, byte[] body) {
    JsonNode request;
    try {
      request = JSON.readTree(body);
    } catch (IOException e) {
      return WorkloadAnswer.badRequest("expected a JSON object, found another text");
    }
    String algorithm = request.path("algo").asText("HMACSHA256");
    if (!algorithm.toUpperCase(Locale.ROOT).equals("HMACSHA256")) {
      return WorkloadAnswer.badRequest("algo: expected HMACSHA256, found another");
    }
    Optional<SasKey> key =
        switch (request.path("keyId").asText("primary")) {
          case "primary" -> Optional.of(keys.primary());
          case "secondary" -> Optional.ofNullable(keys.secondary());
          default -> Optional.empty();
        };
    Optional<byte[]> data = base64(request.path("data"));
    if (key.isEmpty()) {
      return WorkloadAnswer.badRequest("keyId: expected primary or secondary, found no such key");
    }
    if (data.isEmpty()) {
      return WorkloadAnswer.badRequest("data: expected Base64, found none");
    }
    return WorkloadAnswer.ok(
        "digest", Base64.getEncoder().encodeToString(key.get().sign(data.get())));
  }

  private static Optional<byte[]> base64(JsonNode node) {
    try {
      return node.isTextual()
          ? Optional.of(Base64.getDecoder().decode(node.textValue()))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
