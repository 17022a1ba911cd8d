package dev.edgehub.mqtt.testing;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Gives buffers on the heap and knows which have not been given back. Used by one thread. */
public final class CountedBuffers extends AbstractByteBufAllocator {

  private final List<ByteBuf> given = new ArrayList<>();

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    ByteBuf buffer = new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity);
    given.add(buffer);
    return buffer;
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    return newHeapBuffer(initialCapacity, maxCapacity);
  }

  @Override
  public boolean isDirectBufferPooled() {
    return false;
  }

  /** Fails when a buffer is still held. */
  public void requireAllReleased() {
    for (ByteBuf buffer : given) {
      if (buffer.refCnt() != 0) {
        throw new AssertionError("a buffer was not released: " + buffer);
      }
    }
  }
}
