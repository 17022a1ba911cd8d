package dev.edgehub.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The file access that the high-water file needs; a test makes it fail. */
interface SlotFile extends AutoCloseable {

  /** The whole file; empty when it is not there. */
  byte[] read() throws IOException;

  /** Overwrites from {@code at}; the file does not grow. */
  void write(long at, ByteBuffer bytes) throws IOException;

  /** Brings what was written to the device. */
  void sync() throws IOException;

  /** Puts a new file in the place of the old one, all or nothing, synced. */
  void replace(byte[] whole) throws IOException;

  @Override
  void close() throws IOException;
}
