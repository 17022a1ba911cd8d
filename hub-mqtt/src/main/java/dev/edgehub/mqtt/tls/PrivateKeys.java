package dev.edgehub.mqtt.tls;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Private keys from their three PEM forms; the older two are put into PKCS#8, which Java reads. */
final class PrivateKeys {

  private static final byte[] VERSION_0 = hex("020100");
  private static final byte[] RSA_ALGORITHM = hex("300d06092a864886f70d0101010500");
  private static final byte[] EC_OID = hex("06072a8648ce3d0201");
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int EC_PARAMETERS = 0xa0;

  private PrivateKeys() {}

  static PrivateKey read(Path file, PemBlock block) throws PemException {
    byte[] pkcs8 =
        switch (block.label()) {
          case "RSA PRIVATE KEY" ->
              element(SEQUENCE, VERSION_0, RSA_ALGORITHM, element(OCTETS, block.der()));
          case "EC PRIVATE KEY" -> fromEc(file, block.der());
          default -> block.der();
        };
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException | NoSuchAlgorithmException e) {
        // perhaps the next
      }
    }
    throw new PemException(
        file
            + ": expected a private key for RSA, EC or EdDSA, found a block \""
            + block.label()
            + "\" that holds none of them");
  }

  /** RFC 5915: version, key, and the curve tagged 0, which PKCS#8 wants outside. */
  private static byte[] fromEc(Path file, byte[] der) throws PemException {
    int at = skip(der, 0, SEQUENCE, false);
    at = skip(der, at, 0x02, true);
    at = skip(der, at, OCTETS, true);
    int curve = skip(der, at, EC_PARAMETERS, false);
    int end = skip(der, at, EC_PARAMETERS, true);
    if (at < 0 || curve < 0 || end < 0) {
      throw new PemException(
          file
              + ": expected an EC private key that names its curve, found none; convert it with:"
              + " openssl pkcs8 -topk8 -nocrypt -in FILE -out KEY.pem");
    }
    byte[] algorithm = element(SEQUENCE, EC_OID, Arrays.copyOfRange(der, curve, end));
    return element(SEQUENCE, VERSION_0, algorithm, element(OCTETS, der));
  }

  /** The place behind an element, or where its contents begin; negative when it is another. */
  private static int skip(byte[] der, int at, int tag, boolean contents) {
    if (at < 0 || at + 2 > der.length || (der[at] & 0xff) != tag) {
      return -1;
    }
    int length = der[at + 1] & 0xff;
    int from = at + 2;
    if (length > 0x80 && length <= 0x82) {
      int digits = length - 0x80;
      if (from + digits > der.length) {
        return -1;
      }
      length = 0;
      for (int i = 0; i < digits; i++) {
        length = (length << 8) | (der[from++] & 0xff);
      }
    }
    return from + length > der.length ? -1 : contents ? from + length : from;
  }

  private static byte[] element(int tag, byte[]... parts) {
    ByteArrayOutputStream contents = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(contents::writeBytes);
    ByteArrayOutputStream element = new ByteArrayOutputStream();
    element.write(tag);
    int length = contents.size();
    if (length > 0xff) {
      element.write(0x82);
      element.write(length >> 8);
    } else if (length > 0x7f) {
      element.write(0x81);
    }
    element.write(length);
    element.writeBytes(contents.toByteArray());
    return element.toByteArray();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}
