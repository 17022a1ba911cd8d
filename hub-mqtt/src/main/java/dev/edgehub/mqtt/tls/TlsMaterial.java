package dev.edgehub.mqtt.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate and the key that goes with it.
 *
 * @param chain the certificate, then those that lead to its authority
 */
record TlsMaterial(List<X509Certificate> chain, PrivateKey key) {

  TlsMaterial {
    chain = List.copyOf(chain);
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  /** Whether what the key signs is what the certificate verifies. */
  boolean fits() {
    String scheme =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    byte[] sample = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(scheme);
      signature.initSign(key);
      signature.update(sample);
      byte[] signed = signature.sign();
      signature.initVerify(certificate().getPublicKey());
      signature.update(sample);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // a key of another kind
    }
  }
}
