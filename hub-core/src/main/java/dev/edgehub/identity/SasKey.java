package dev.edgehub.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A symmetric key that signs tokens with HMAC-SHA256. It is never printed by accident. */
public final class SasKey {

  /** The shortest and the longest key, in bytes: those of IoT Hub. */
  static final int MIN_BYTES = 16;

  static final int MAX_BYTES = 64;

  private static final int GENERATED_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] key;

  private SasKey(byte[] key) {
    this.key = key;
  }

  /** Reads Base64 of 16 to 64 bytes; empty when it is anything else. */
  public static Optional<SasKey> parse(String base64) {
    if (base64.length() > 2 * MAX_BYTES) {
      return Optional.empty();
    }
    try {
      byte[] key = Base64.getDecoder().decode(base64);
      return key.length >= MIN_BYTES && key.length <= MAX_BYTES
          ? Optional.of(new SasKey(key))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * A new key of 32 bytes.
   *
   * @param random one that cannot be guessed
   */
  public static SasKey generate(RandomGenerator random) {
    byte[] key = new byte[GENERATED_BYTES];
    random.nextBytes(key);
    return new SasKey(key);
  }

  /** The HMAC-SHA256 of the bytes, 32 bytes. */
  public byte[] sign(byte[] data) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** The HMAC-SHA256 of the text in UTF-8, 32 bytes. */
  public byte[] sign(String text) {
    return sign(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the signature is this key's; takes the same time for every wrong one. */
  public boolean signed(String text, byte[] signature) {
    return MessageDigest.isEqual(sign(text), signature);
  }

  /** The key itself, for the registry's file and for connection strings. */
  public String reveal() {
    return Base64.getEncoder().encodeToString(key);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SasKey that && MessageDigest.isEqual(key, that.key);
  }

  @Override
  public int hashCode() {
    return key.length; // says nothing of the key
  }

  @Override
  public String toString() {
    return "***";
  }
}
