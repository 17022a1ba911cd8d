package dev.edgehub.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityTest {

  @Test
  void readsDevicesAndModules() {
    assertEquals(Optional.of(new Identity.Device("leaf-9")), Identity.parse("leaf-9"));
    assertEquals(
        Optional.of(new Identity.Module("edge", "$edgeHub")), Identity.parse("edge/$edgeHub"));
  }

  @Test
  void readsBackWhatItWrites() {
    for (Identity identity :
        List.of(new Identity.Device("d"), new Identity.Module("d", "m:1.2_3'"))) {
      assertEquals(Optional.of(identity), Identity.parse(identity.id()));
      assertEquals(identity.id(), identity.toString());
    }
  }

  @Test
  void readsNothingElse() {
    for (String text : List.of("", "/", "a/", "/b", "a/b/c", "a b", "ä", "a+", "a#", "a\u0000")) {
      assertEquals(Optional.empty(), Identity.parse(text), text);
    }
  }

  @Test
  void takesTheCharactersThatIotHubTakesBesidesWildcards() {
    assertTrue(Identity.isId("AZaz09-:.%_*?!(),=@;$'"));
    assertFalse(Identity.isId("a+b"));
    assertFalse(Identity.isId("a#b"));
    assertFalse(Identity.isId("a/b"));
    assertFalse(Identity.isId("a&b"));
  }

  @Test
  void takesUpTo128Characters() {
    assertTrue(Identity.isId("x".repeat(128)));
    assertFalse(Identity.isId("x".repeat(129)));
    assertFalse(Identity.isId(""));
  }

  @Test
  void isNoPathInAFileSystem() {
    assertFalse(Identity.isId("."));
    assertFalse(Identity.isId(".."));
    assertTrue(Identity.isId("..."));
  }

  @Test
  void tellsUpperFromLowerCase() {
    assertNotEquals(new Identity.Device("Leaf"), new Identity.Device("leaf"));
  }

  @Test
  void isNotMadeOfTextsThatAreNoIds() {
    assertThrows(IllegalArgumentException.class, () -> new Identity.Device("a b"));
    assertThrows(IllegalArgumentException.class, () -> new Identity.Module("a", ""));
    assertThrows(NullPointerException.class, () -> new Identity.Device(null));
  }
}
