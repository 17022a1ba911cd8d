package dev.edgehub.mqtt.auth;

import dev.edgehub.fuzz.Bounds;
import dev.edgehub.message.Identity;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads any text as a user name. One that is understood names a host, an identity that is one, and
 * an api-version; written in the modern form it names the same.
 *
 * <p>Input: the text in UTF-8.
 */
public final class UserNameTarget {

  private UserNameTarget() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    Bounds.within(() -> UserName.parse(text).ifPresent(name -> check(name, text)));
  }

  private static void check(UserName name, String text) {
    Identity identity = name.identity();
    require(!name.host().isEmpty(), text);
    require(!name.properties().getOrDefault("api-version", "").isEmpty(), text);
    require(Identity.parse(identity.id()).equals(Optional.of(identity)), text);
    require(text.contains(identity.deviceId()), text);
    String modern = name.host() + "/" + identity.id() + "/?api-version=1";
    Optional<UserName> again = UserName.parse(modern);
    require(again.isPresent() && again.get().identity().equals(identity), modern);
  }

  private static void require(boolean holds, String text) {
    if (!holds) {
      throw new AssertionError("misread: " + text);
    }
  }
}
