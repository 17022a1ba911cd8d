package dev.edgehub.mqtt.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The file descriptors of this process. */
public interface Descriptors {

  /** How many are open; costs time that grows with their number. */
  long open();

  /** How many there may be. */
  long most();

  /** Those of the system; without end where it does not tell. */
  static Descriptors ofProcess() {
    return new Descriptors() {
      @Override
      public long open() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean u
            ? u.getOpenFileDescriptorCount()
            : 0;
      }

      @Override
      public long most() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean u
            ? u.getMaxFileDescriptorCount()
            : Long.MAX_VALUE;
      }
    };
  }
}
