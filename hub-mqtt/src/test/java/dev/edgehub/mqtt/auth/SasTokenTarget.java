package dev.edgehub.mqtt.auth;

import dev.edgehub.fuzz.Bounds;
import dev.edgehub.identity.Credential;
import dev.edgehub.identity.RegisteredIdentity;
import dev.edgehub.identity.Registry;
import dev.edgehub.identity.SasKey;
import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.topic.PercentCoding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Shows any bytes as a token to the check. Whoever gets in has a signature over exactly what the
 * token says, made with a key that counts for the identity; the token is for this hub and this
 * device, is not over, and gets nobody in who is not in the registry.
 *
 * <p>Input: one byte (its lowest three bits: the {@link Signer}; 8: for the device instead of the
 * module; 16: the signature not percent-encoded), then the token. Where it says {@code sig=@} the
 * signature is put in, which no fuzzer could guess; without that, nobody gets in.
 */
public final class SasTokenTarget {

  /** Who signs, and what. */
  private enum Signer {
    PRIMARY,
    SECONDARY,
    DEVICE,
    OTHER_DEVICE,
    PRIMARY_LATER_END,
    PRIMARY_OTHER_RESOURCE,
    NOBODY,
    UNKNOWN
  }

  private static final String HOST = "hub.x";
  private static final long NOW = 1_800_000_000;
  private static final Identity.Device DEVICE = new Identity.Device("edge");
  private static final Identity.Module MODULE = new Identity.Module("edge", "$m%41");
  private static final Identity.Device OTHER = new Identity.Device("leaf");
  private static final List<SasKey> KEYS =
      IntStream.range(0, 5).mapToObj(i -> SasKey.generate(new Random(i))).toList();
  private static final Registry REGISTRY =
      Registry.of(
          List.of(
              registered(DEVICE, new Credential.Sas(KEYS.get(2), null)),
              registered(MODULE, new Credential.Sas(KEYS.get(0), KEYS.get(1))),
              registered(OTHER, new Credential.Sas(KEYS.get(3), null))));
  private static final SasCheck CHECK =
      new SasCheck(List.of(HOST), () -> Instant.ofEpochSecond(NOW));

  private SasTokenTarget() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 1) {
      Bounds.within(() -> letsIn(input));
    }
  }

  /** Whether the check takes it; fails when it must not. */
  static boolean letsIn(byte[] input) {
    Signer signer = Signer.values()[input[0] & 7];
    Identity identity = (input[0] & 8) != 0 ? DEVICE : MODULE;
    String text = new String(input, 1, input.length - 1, StandardCharsets.ISO_8859_1);
    String signed = signed(text, signer, (input[0] & 16) == 0);
    byte[] password = signed.getBytes(StandardCharsets.ISO_8859_1);
    RegisteredIdentity own = REGISTRY.find(identity);
    Judgement judgement = CHECK.judge(own, REGISTRY, password);
    if (!(judgement instanceof Judgement.Proven proven)) {
      return false;
    }
    require(!signed.equals(text), "nobody signed", signed);
    require(counts(signer, identity), "signed by " + signer + " for " + identity, signed);
    SasToken token = SasToken.parse(password).orElseThrow();
    require(field(text, "sr").equals(token.resource()), "another resource", signed);
    require(field(text, "se").equals(token.expiry()), "another end", signed);
    require(field(text, "skn").isEmpty(), "the token of a policy", signed);
    String[] audience = PercentCoding.decode(field(text, "sr")).split("/", -1);
    require(audience[0].equalsIgnoreCase(HOST), "for another hub", signed);
    require(audience[2].equalsIgnoreCase("edge") || audience[2].contains("%"), "device", signed);
    require(identity == MODULE || audience.length == 3, "a module's for a device", signed);
    require(proven.expiresAtMillis() > 1_000 * NOW, "it is over", signed);
    require(proven.proof().whyVoid(REGISTRY) == null, "void at once", signed);
    require(proven.proof().whyVoid(REGISTRY.without(DEVICE)) != null, "holds for all time", signed);
    return true;
  }

  private static boolean counts(Signer signer, Identity identity) {
    return signer == Signer.DEVICE
        || (identity == MODULE && (signer == Signer.PRIMARY || signer == Signer.SECONDARY));
  }

  /** The text with the signature where it says {@code sig=@}. */
  private static String signed(String text, Signer signer, boolean encoded) {
    if (signer == Signer.NOBODY || !field(text, "sig").equals("@")) {
      return text;
    }
    String resource = field(text, "sr");
    String end = field(text, "se");
    String what =
        switch (signer) {
          case PRIMARY_LATER_END -> resource + "\n" + end + "0";
          case PRIMARY_OTHER_RESOURCE -> resource + "x\n" + end;
          default -> resource + "\n" + end;
        };
    SasKey key =
        switch (signer) {
          case SECONDARY -> KEYS.get(1);
          case DEVICE -> KEYS.get(2);
          case OTHER_DEVICE -> KEYS.get(3);
          case UNKNOWN -> KEYS.get(4);
          default -> KEYS.get(0);
        };
    String signature = Base64.getEncoder().encodeToString(key.sign(what));
    int at = text.toLowerCase(Locale.ROOT).indexOf("sig=@");
    return text.substring(0, at + 4)
        + (encoded ? PercentCoding.encoded(signature) : signature)
        + text.substring(at + 5);
  }

  /** The first field of that name, read in another way than the hub does; empty for none. */
  private static String field(String text, String name) {
    String fields = "&" + text.substring(text.indexOf(' ') + 1);
    int start = fields.toLowerCase(Locale.ROOT).indexOf("&" + name + "=");
    if (start < 0) {
      return "";
    }
    int from = start + name.length() + 2;
    int end = fields.indexOf('&', from);
    return fields.substring(from, end < 0 ? fields.length() : end);
  }

  private static RegisteredIdentity registered(Identity identity, Credential credential) {
    return new RegisteredIdentity(identity, true, credential);
  }

  private static void require(boolean holds, String what, String token) {
    if (!holds) {
      throw new AssertionError(what + ": " + token);
    }
  }
}
