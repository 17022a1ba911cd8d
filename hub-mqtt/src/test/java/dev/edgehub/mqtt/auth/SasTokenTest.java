package dev.edgehub.mqtt.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgehub.identity.SasKey;
import dev.edgehub.message.Identity;
import dev.edgehub.mqtt.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The token's form and the worked example (protocol reference, section 2.3). */
final class SasTokenTest {

  private static final SasKey KEY =
      SasKey.parse("ZWRnZS1odWItcmVmZXJlbmNlLWtleS0zMi1ieXRlcyE=").orElseThrow();
  private static final String MODULE_RESOURCE =
      "contoso.azure-devices.net%2Fdevices%2Fedge1%2Fmodules%2Ffilter";
  private static final String MODULE_SIGNATURE = "Twyhi4nlMdkArxVdlKuB6FozCfonqyDwfL1pQP3Wahw%3D";
  private static final String MODULE_TOKEN =
      "SharedAccessSignature sr=" + MODULE_RESOURCE + "&sig=" + MODULE_SIGNATURE + "&se=1893456000";

  @Test
  void theWorkedExampleOfTheModule() {
    assertEquals(
        "4f0ca18b89e531d900af155d94ab81e85a3309fa27ab20f07cbd6940fdd66a1c",
        HexFormat.of().formatHex(KEY.sign(MODULE_RESOURCE + "\n1893456000")));

    SasToken token = parsed(MODULE_TOKEN);

    assertTrue(KEY.signed(token.signedText(), token.signature()));
    assertEquals(1_893_456_000, token.expirySeconds());
    assertEquals(
        new SasToken.Audience("contoso.azure-devices.net", "edge1", "filter"), token.audience());
    assertFalse(token.policy());
  }

  @Test
  void theWorkedExampleOfTheDevice() {
    SasToken token =
        parsed(
            "SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2Fedge1"
                + "&sig=gcqDia7F4hJ1yQ7xBKG4RH9%2BwHhv6yOsJLn4pdkVBsE%3D&se=1893456000");

    assertTrue(KEY.signed(token.signedText(), token.signature()));
    assertEquals("", token.audience().module());
    assertEquals("edge1", token.audience().device());
  }

  @Test
  void theWorkedExampleInLowerCaseHasAnotherSignature() {
    SasToken token =
        parsed(
            "SharedAccessSignature sr=contoso.azure-devices.net%2fdevices%2fedge1"
                + "&sig=ZtsQqbMyIZB4W6YcTF4KTaucnIkOMSm0bwgs/dmBzyE=&se=1893456000");

    assertTrue(KEY.signed(token.signedText(), token.signature()));
    assertEquals("edge1", token.audience().device());
  }

  @Test
  void writesTheWorkedExample() {
    assertEquals(
        MODULE_TOKEN,
        SasTokenWriter.write(
            "contoso.azure-devices.net",
            new Identity.Module("edge1", "filter"),
            KEY,
            1_893_456_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SharedAccessSignature sig=@&se=1893456000&sr=#",
        "SharedAccessSignature sr=#&sig=@&skn=&se=1893456000",
        "sharedaccesssignature SR=#&SIG=@&Se=1893456000&other=x",
      })
  void takesFieldsInAnyOrderAndCase(String pattern) {
    SasToken token = parsed(pattern.replace("#", MODULE_RESOURCE).replace("@", MODULE_SIGNATURE));

    assertTrue(KEY.signed(token.signedText(), token.signature()));
    assertFalse(token.policy());
  }

  @Test
  void aPlusInTheSignatureIsNoBlank() {
    SasToken token =
        parsed(
            "SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2Fedge1"
                + "&sig=gcqDia7F4hJ1yQ7xBKG4RH9+wHhv6yOsJLn4pdkVBsE=&se=1893456000");

    assertTrue(KEY.signed(token.signedText(), token.signature()));
  }

  @ParameterizedTest
  @CsvSource({
    "h%2Fdevices%2FD%2Fmodules%2F$edgeHub, D/$edgeHub, true",
    "h%2Fdevices%2FD%2Fmodules%2F%24edgeHub, D/$edgeHub, true",
    "h%2Fdevices%2FD%2Fmodules%2F%2524edgeHub, D/$edgeHub, true",
    "h/devices/D, D, true",
    "h%2Fdevices%2FD, D/m, true",
    "h%2FDEVICES%2Fd, D, true",
    "h%2Fdevices%2F100%2541, 100%41, true",
    "h%2Fdevices%2FD%2Fmodules%2Fm, D, false",
    "h%2Fdevices%2FD%2Fmodules%2Fm, D/n, false",
    "h%2Fdevices%2FE, D, false",
    "h%2Fdevices%2FE, D/m, false",
  })
  void anAudienceCoversAnIdentity(String resource, String id, boolean covers) {
    SasToken token = parsed(withResource(resource));

    assertEquals(covers, token.audience().covers(Identity.parse(id).orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "SharedAccessSignature",
        "SharedAccessSignature ",
        "SharedAccessSignature sr=h%2Fdevices%2FD&se=1",
        "SharedAccessSignature sr=h%2Fdevices%2FD&sig=AAAA&se=1",
        "SharedAccessSignature sr=h%2Fdevices%2FD&sig=!&se=1",
      })
  void refusesWhatIsNoToken(String text) {
    assertTrue(SasToken.parse(bytes(text)).isEmpty(), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "h%2Fdevices",
        "h%2Fdevices%2FD%2Fmodules",
        "h%2Fdevices%2FD%2Fmodules%2F",
        "h%2Fdevices%2FD%2Fm",
        "h%2Fdevice%2FD",
        "h%2Fdevices%2FD%2Fmodule%2Fm",
        "h%2Fdevices%2FD%2Fmodules%2Fm%2Fx",
      })
  void refusesAResourceOfAnotherForm(String resource) {
    assertTrue(SasToken.parse(bytes(withResource(resource))).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5", "0x10", "99999999999999999999", "1 ", "+1"})
  void refusesATimeThatIsNone(String expiry) {
    String text =
        "SharedAccessSignature sr=h%2Fdevices%2FD&sig=" + MODULE_SIGNATURE + "&se=" + expiry;

    assertTrue(SasToken.parse(bytes(text)).isEmpty());
  }

  @Test
  void refusesFieldsGivenTwiceAndTooManyOrTooMuch() {
    assertTrue(SasToken.parse(bytes(MODULE_TOKEN + "&se=1893456001")).isEmpty());
    assertTrue(SasToken.parse(bytes(MODULE_TOKEN + "&SE=1893456000")).isEmpty());
    assertTrue(SasToken.parse(bytes(MODULE_TOKEN + "&x=1".repeat(20))).isEmpty());
    assertTrue(SasToken.parse(bytes(MODULE_TOKEN + "&x=" + "y".repeat(5_000))).isEmpty());
    assertTrue(SasToken.parse(bytes(MODULE_TOKEN + "&x=\u0001")).isEmpty());
  }

  @Test
  void aTokenDoesNotShowItsSignature() {
    assertFalse(parsed(MODULE_TOKEN).toString().contains("Twyh"));
  }

  @Test
  void aTokenIsGoodAsItIsAndNoOther() {
    Random random = Seed.random("aTokenIsGoodAsItIsAndNoOther");
    for (int i = 0; i < 2_000; i++) {
      SasKey key = SasKey.generate(random);
      Identity identity =
          random.nextBoolean()
              ? new Identity.Device("d$%" + random.nextInt(100))
              : new Identity.Module("d" + random.nextInt(100), "m:" + random.nextInt(100));
      byte[] token = bytes(SasTokenWriter.write("h.x", identity, key, random.nextLong(1L << 40)));
      SasToken whole = SasToken.parse(token).orElseThrow();
      assertTrue(key.signed(whole.signedText(), whole.signature()));
      assertTrue(whole.audience().covers(identity));

      int bit = random.nextInt(8 * token.length);
      token[bit / 8] ^= (byte) (1 << (bit % 8));
      boolean good =
          SasToken.parse(token)
              .filter(t -> key.signed(t.signedText(), t.signature()))
              .filter(t -> !saysTheSame(t, whole))
              .isPresent();
      assertFalse(good, new String(token, StandardCharsets.ISO_8859_1));
    }
  }

  /** The case of a field's name or of a percent-encoded signature is not a part of what it says. */
  private static boolean saysTheSame(SasToken a, SasToken b) {
    return a.signedText().equals(b.signedText())
        && Base64.getEncoder()
            .encodeToString(a.signature())
            .equals(Base64.getEncoder().encodeToString(b.signature()));
  }

  private static String withResource(String resource) {
    return "SharedAccessSignature sr=" + resource + "&sig=" + MODULE_SIGNATURE + "&se=1";
  }

  private static SasToken parsed(String text) {
    return SasToken.parse(bytes(text)).orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
