package dev.edgehub.identity;

/** Where the registry in force is asked for. Any thread may use it. */
public interface RegistrySource {

  /** The registry in force; returns at once. */
  Registry current();

  /**
   * The registry in force after looking whether a newer one is there: for somebody who is about to
   * be refused. Reads the file only when it has changed.
   */
  Registry lookAgain();

  /**
   * Whether {@link #current} is what the operator wrote last; false while that cannot be read, so
   * that nobody can be called unknown.
   */
  boolean isCurrent();

  /** A registry that never changes. */
  static RegistrySource fixed(Registry registry) {
    return new RegistrySource() {
      @Override
      public Registry current() {
        return registry;
      }

      @Override
      public Registry lookAgain() {
        return registry;
      }

      @Override
      public boolean isCurrent() {
        return true;
      }
    };
  }
}
