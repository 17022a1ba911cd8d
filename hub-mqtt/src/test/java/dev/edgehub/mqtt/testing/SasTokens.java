package dev.edgehub.mqtt.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Shared access signatures, made from their public description and not with the hub's own code. */
public final class SasTokens {

  private SasTokens() {}

  /**
   * A token.
   *
   * @param connectionString of the identity that it is for, with its key
   */
  public static String of(String connectionString, Instant expires) {
    String resource =
        URLEncoder.encode(
            part(connectionString, "HostName")
                + "/devices/"
                + part(connectionString, "DeviceId")
                + "/modules/"
                + part(connectionString, "ModuleId"),
            UTF_8);
    long seconds = expires.getEpochSecond();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(part(connectionString, "SharedAccessKey"));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] signature = mac.doFinal((resource + "\n" + seconds).getBytes(UTF_8));
      return "SharedAccessSignature sr="
          + resource
          + "&sig="
          + URLEncoder.encode(Base64.getEncoder().encodeToString(signature), UTF_8)
          + "&se="
          + seconds;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a connection string says under a name. */
  public static String part(String connectionString, String name) {
    for (String pair : connectionString.split(";", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    throw new AssertionError("no " + name + " in the connection string");
  }
}
