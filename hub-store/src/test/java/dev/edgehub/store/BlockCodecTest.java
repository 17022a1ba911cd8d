package dev.edgehub.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

final class BlockCodecTest {

  private static final long MOMENT = 1_000;

  @Test
  void readsBackWhatWasWritten() {
    byte[] value = encode(new byte[0], new byte[] {1, 2, 3}, new byte[300_000]);

    Block block = BlockCodec.decode(7, 40, value);

    assertEquals(MOMENT, block.committedMillis());
    assertEquals(43, block.end());
    assertEquals(0, block.earliest());
    assertEquals(value.length, block.valueBytes());
    assertArrayEquals(new long[] {0, 1, 2}, block.deadlines());
    assertArrayEquals(new byte[] {1, 2, 3}, block.bodies()[1]);
    assertEquals(300_000, block.bodies()[2].length);
  }

  @Test
  void reusesItsBufferAfterALargeBlock() {
    BlockEncoder encoder = new BlockEncoder();
    encoder.add(5, new byte[3_000_000]);
    encoder.finish(7, 40, MOMENT);
    encoder.restart();
    encoder.add(6, new byte[] {9});

    Block block = BlockCodec.decode(7, 41, copy(encoder.finish(7, 41, MOMENT)));

    assertArrayEquals(new byte[] {9}, block.bodies()[0]);
  }

  @Test
  void detectsEveryTruncation() {
    byte[] value = encode(new byte[] {1}, new byte[] {2, 3});

    for (int length = 0; length < value.length; length++) {
      byte[] cut = Arrays.copyOf(value, length);
      assertDamaged(7, 40, cut);
    }
    assertDamaged(7, 40, Arrays.copyOf(value, value.length + 1));
  }

  @Test
  void detectsEveryFlippedBit() {
    byte[] value = encode(new byte[] {1}, new byte[] {2, 3});

    for (int bit = 0; bit < value.length * 8; bit++) {
      byte[] flipped = value.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertDamaged(7, 40, flipped);
    }
  }

  @Test
  void detectsABlockUnderAnotherKey() {
    byte[] value = encode(new byte[] {1});

    assertDamaged(8, 40, value);
    assertDamaged(7, 41, value);
  }

  @Test
  void refusesHostileBytesWithAValidChecksum() {
    Random random = Seed.random("BlockCodecTest");
    byte[] value = encode(new byte[] {1}, new byte[] {2, 3, 4, 5}, new byte[9]);
    for (int round = 0; round < 20_000; round++) {
      byte[] hostile = Arrays.copyOf(value, value.length - random.nextInt(value.length));
      for (int i = random.nextInt(8); i >= 0; i--) {
        hostile[random.nextInt(hostile.length)] = (byte) random.nextInt();
      }
      if (hostile.length > 4) {
        resign(hostile);
      }
      try {
        BlockCodec.decode(7, 40, hostile);
      } catch (StoreException refused) {
        assertEquals(StoreException.Kind.DAMAGED, refused.kind());
      }
    }
  }

  private static void resign(byte[] value) {
    CRC32C crc = new CRC32C();
    crc.update(KeyLayout.block(7, 40));
    crc.update(value, 0, value.length - 4);
    ByteBuffer.wrap(value).putInt(value.length - 4, (int) crc.getValue());
  }

  private static void assertDamaged(int queue, long first, byte[] value) {
    StoreException refused =
        assertThrows(StoreException.class, () -> BlockCodec.decode(queue, first, value));
    assertEquals(StoreException.Kind.DAMAGED, refused.kind());
  }

  private static byte[] encode(byte[]... bodies) {
    BlockEncoder encoder = new BlockEncoder();
    for (int i = 0; i < bodies.length; i++) {
      encoder.add(i, bodies[i]);
    }
    return copy(encoder.finish(7, 40, MOMENT));
  }

  private static byte[] copy(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return bytes;
  }
}
