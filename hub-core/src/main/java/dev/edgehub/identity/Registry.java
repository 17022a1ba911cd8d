package dev.edgehub.identity;

import dev.edgehub.message.Identity;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every identity that an operator has registered, at one moment. Immutable. */
public final class Registry {

  /** Nobody. */
  public static final Registry EMPTY = new Registry(new TreeMap<>());

  private final SortedMap<String, RegisteredIdentity> byId;

  private Registry(SortedMap<String, RegisteredIdentity> byId) {
    this.byId = byId;
  }

  /** A registry of these; of two with the same id the later counts. */
  public static Registry of(Collection<RegisteredIdentity> identities) {
    SortedMap<String, RegisteredIdentity> byId = new TreeMap<>();
    identities.forEach(registered -> byId.put(registered.identity().id(), registered));
    return new Registry(byId);
  }

  /** The identity's entry, or null. */
  public @Nullable RegisteredIdentity find(Identity identity) {
    return byId.get(identity.id());
  }

  /** The entry of the device that a module is on, or null; null for a device, too. */
  public @Nullable RegisteredIdentity parentOf(Identity identity) {
    return identity instanceof Identity.Module ? byId.get(identity.deviceId()) : null;
  }

  /** All entries by id. */
  public Collection<RegisteredIdentity> all() {
    return byId.values();
  }

  public int size() {
    return byId.size();
  }

  /** This one with the entry added or replaced. */
  public Registry with(RegisteredIdentity registered) {
    SortedMap<String, RegisteredIdentity> copy = new TreeMap<>(byId);
    copy.put(registered.identity().id(), registered);
    return new Registry(copy);
  }

  /** This one without the identity and, when it is a device, without its modules. */
  public Registry without(Identity identity) {
    SortedMap<String, RegisteredIdentity> copy = new TreeMap<>(byId);
    copy.remove(identity.id());
    if (identity instanceof Identity.Device) {
      copy.values().removeIf(other -> other.identity().deviceId().equals(identity.deviceId()));
    }
    return new Registry(copy);
  }

  Map<String, RegisteredIdentity> byId() {
    return byId;
  }

  @Override
  public String toString() {
    return "Registry" + byId.keySet();
  }
}
