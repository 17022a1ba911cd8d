package dev.edgehub.identity;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an identity must show. */
public sealed interface Credential {

  /** The name of its kind in the registry's file, as IoT Hub calls it. */
  String type();

  /** Nothing: it can come in only where {@code trustLocal} holds, or with its device's key. */
  record None() implements Credential {
    @Override
    public String type() {
      return "none";
    }
  }

  /** A token signed with one of two keys, so that one can be changed while the other serves. */
  record Sas(SasKey primary, @Nullable SasKey secondary) implements Credential {
    public Sas {
      Objects.requireNonNull(primary, "primary");
    }

    /** The primary key, then the secondary if there is one. */
    public Stream<SasKey> keys() {
      return Stream.of(primary, secondary).filter(Objects::nonNull);
    }

    @Override
    public String type() {
      return "sas";
    }
  }

  /** A certificate with one of two thumbprints, whoever signed it. */
  record SelfSigned(Thumbprint primary, @Nullable Thumbprint secondary) implements Credential {
    public SelfSigned {
      Objects.requireNonNull(primary, "primary");
    }

    /** The primary thumbprint, then the secondary if there is one. */
    public Stream<Thumbprint> thumbprints() {
      return Stream.of(primary, secondary).filter(Objects::nonNull);
    }

    @Override
    public String type() {
      return "selfSigned";
    }
  }

  /** A certificate for its name, signed by an authority of {@code tls.clientCa}. */
  record Authority() implements Credential {
    @Override
    public String type() {
      return "certificateAuthority";
    }
  }
}
