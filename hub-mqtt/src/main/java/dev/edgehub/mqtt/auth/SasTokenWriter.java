package dev.edgehub.mqtt.auth;

import dev.edgehub.identity.SasKey;
import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.topic.PercentCoding;
import java.util.Base64;

/** Makes tokens that {@link SasToken} reads. */
public final class SasTokenWriter {

  private SasTokenWriter() {}

  /**
   * A token for an identity.
   *
   * @param host the name of the hub that the token is made out to
   * @param expirySeconds when it ends, Unix time
   */
  public static String write(String host, Identity identity, SasKey key, long expirySeconds) {
    String plain = host + "/devices/" + identity.deviceId();
    if (identity instanceof Identity.Module module) {
      plain += "/modules/" + module.moduleId();
    }
    String resource = PercentCoding.encoded(plain);
    byte[] signature = key.sign(resource + "\n" + expirySeconds);
    return "SharedAccessSignature sr="
        + resource
        + "&sig="
        + PercentCoding.encoded(Base64.getEncoder().encodeToString(signature))
        + "&se="
        + expirySeconds;
  }
}
