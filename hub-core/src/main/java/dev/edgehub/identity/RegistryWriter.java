package dev.edgehub.identity;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes what {@link RegistryReader} reads, one form for one registry. */
final class RegistryWriter {

  private static final JsonMapper JSON = new JsonMapper();

  private RegistryWriter() {}

  static byte[] write(Registry registry) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode identities = root.putObject("identities");
    registry
        .byId()
        .forEach(
            (id, registered) -> {
              ObjectNode entry = identities.putObject(id);
              entry.put("status", registered.enabled() ? "enabled" : "disabled");
              credential(entry.putObject("authentication"), registered.credential());
            });
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    try {
      byte[] json = JSON.writer(printer).writeValueAsBytes(root);
      byte[] lines = new byte[json.length + 1];
      System.arraycopy(json, 0, lines, 0, json.length);
      lines[json.length] = '\n';
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException("a tree can always be written", e);
    }
  }

  private static void credential(ObjectNode node, Credential credential) {
    node.put("type", credential.type());
    if (credential instanceof Credential.Sas sas) {
      SasKey second = sas.secondary();
      pair(
          node.putObject("symmetricKey"),
          "Key",
          sas.primary().reveal(),
          second == null ? null : second.reveal());
    } else if (credential instanceof Credential.SelfSigned x509) {
      Thumbprint second = x509.secondary();
      pair(
          node.putObject("x509Thumbprint"),
          "Thumbprint",
          x509.primary().hex(),
          second == null ? null : second.hex());
    }
  }

  private static void pair(
      ObjectNode node, String suffix, String primary, @Nullable String secondary) {
    node.put("primary" + suffix, primary);
    if (secondary != null) {
      node.put("secondary" + suffix, secondary);
    }
  }
}
