package dev.edgehub.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.message.Identity;
import dev.edgehub.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The registry's text: what is read, what is refused, and that nothing is lost in writing. */
final class RegistryReaderTest {

  private static final String KEY = "ZWRnZS1odWItcmVmZXJlbmNlLWtleS0zMi1ieXRlcyE=";

  @Test
  void readsEveryKindOfCredential() {
    Registry registry =
        valid(
            """
            {"identities": {
              "edge": {"status": "enabled", "authentication": {"type": "sas",
                "symmetricKey": {"primaryKey": "%s", "secondaryKey": "%s"}}},
              "edge/filter": {"status": "disabled", "authentication": {"type": "sas",
                "symmetricKey": {"primaryKey": "%s"}}},
              "leaf": {"authentication": {"type": "selfSigned", "x509Thumbprint":
                {"primaryThumbprint": "AA:%s", "secondaryThumbprint": "%s"}}},
              "camera": {"authentication": {"type": "certificateAuthority"}},
              "plain": {"authentication": {"type": "none"}}}}
            """
                .formatted(KEY, KEY, KEY, "bb".repeat(19), "CC".repeat(32)));

    assertEquals(5, registry.size());
    assertTrue(found(registry, "edge").enabled());
    assertFalse(found(registry, "edge/filter").enabled());
    assertInstanceOf(Credential.Authority.class, found(registry, "camera").credential());
    assertInstanceOf(Credential.None.class, found(registry, "plain").credential());
    Credential.SelfSigned leaf =
        assertInstanceOf(Credential.SelfSigned.class, found(registry, "leaf").credential());
    assertEquals("aa" + "bb".repeat(19), leaf.primary().hex());
    assertEquals("cc".repeat(32), assertNotNullValue(leaf.secondary()).hex());
  }

  @Test
  void tellsEveryMistakeWithItsPath() {
    List<String> issues =
        invalid(
            """
            {"identities": {
              "a": {"status": "off", "authentication": {"type": "none"}},
              "b+": {"authentication": {"type": "none"}},
              "c": {"authentication": {"type": "magic"}},
              "d": {"authentication": {"type": "sas", "symmetricKey": {"primaryKey": "short"}}},
              "e": {"color": "red", "authentication": {"type": "none", "symmetricKey": {}}},
              "f": {},
              "g": 7,
              "h": {"authentication": {"type": "selfSigned",
                    "x509Thumbprint": {"primaryThumbprint": "xy", "secondaryThumbprint": 4}}}},
             "more": 1}
            """);

    String all = String.join("\n", issues);
    for (String place :
        List.of(
            "identities/a/status: ",
            "identities/b+: ",
            "identities/c/authentication/type: ",
            "identities/d/authentication/symmetricKey/primaryKey: expected Base64",
            "identities/e: expected authentication, status, found color",
            "identities/e/authentication: expected type, found symmetricKey",
            "identities/f/authentication: ",
            "identities/g: expected an object, found number",
            "identities/h/authentication/x509Thumbprint/primaryThumbprint: ",
            "identities/h/authentication/x509Thumbprint/secondaryThumbprint: ",
            "the registry: expected identities, found more")) {
      assertTrue(all.contains(place), place + " in\n" + all);
    }
    assertEquals(11, issues.size(), all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''",
        "[]",
        "{}",
        "{\"identities\": []}",
        "{\"identities\": {}} x",
        "{\"identities\": {}, \"identities\": {}}",
        "{\"identities\": {\"a\": {\"authentication\": {\"type\": \"none\"}}, \"a\": {}}}",
      })
  void refusesWhatIsNoRegistry(String text) {
    assertFalse(invalid(text).isEmpty());
  }

  @Test
  void refusesWhatIsTooLarge() {
    byte[] large = new byte[RegistryReader.MAX_BYTES + 1];
    assertInstanceOf(RegistryResult.Invalid.class, RegistryReader.read(large));
  }

  @Test
  void aMistakeInAKeyDoesNotShowTheKey() {
    List<String> issues =
        invalid(
            "{\"identities\":{\"a\":{\"authentication\":{\"type\":\"sas\",\"symmetricKey\":"
                + "{\"primaryKey\":\"c2VjcmV0\"}}}}}");

    assertFalse(String.join("", issues).contains("c2VjcmV0"), "" + issues);
  }

  @Test
  void readsBackWhatIsWritten() {
    Random random = Seed.random("readsBackWhatIsWritten");
    for (int i = 0; i < 200; i++) {
      Registry registry = Registry.EMPTY;
      for (int j = random.nextInt(8); j > 0; j--) {
        registry = registry.with(anyEntry(random));
      }
      byte[] written = RegistryWriter.write(registry);
      Registry read = valid(new String(written, StandardCharsets.UTF_8));

      assertEquals(List.copyOf(registry.all()), List.copyOf(read.all()));
      assertArrayEquals(written, RegistryWriter.write(read));
    }
  }

  private static RegisteredIdentity anyEntry(Random random) {
    String id = "d" + random.nextInt(9) + (random.nextBoolean() ? "/$m" + random.nextInt(9) : "");
    SasKey second = random.nextBoolean() ? SasKey.generate(random) : null;
    Credential credential =
        switch (random.nextInt(4)) {
          case 0 -> new Credential.None();
          case 1 -> new Credential.Sas(SasKey.generate(random), second);
          case 2 ->
              new Credential.SelfSigned(
                  new Thumbprint("0f".repeat(random.nextBoolean() ? 20 : 32)), null);
          default -> new Credential.Authority();
        };
    return new RegisteredIdentity(
        Identity.parse(id).orElseThrow(), random.nextBoolean(), credential);
  }

  private static RegisteredIdentity found(Registry registry, String id) {
    return assertNotNullValue(registry.find(Identity.parse(id).orElseThrow()));
  }

  private static <T> T assertNotNullValue(T value) {
    assertNotNull(value);
    return value;
  }

  private static Registry valid(String json) {
    RegistryResult result = RegistryReader.read(json.getBytes(StandardCharsets.UTF_8));
    return assertInstanceOf(RegistryResult.Valid.class, result, "" + result).registry();
  }

  private static List<String> invalid(String json) {
    RegistryResult result = RegistryReader.read(json.getBytes(StandardCharsets.UTF_8));
    return assertInstanceOf(RegistryResult.Invalid.class, result).issues();
  }
}
