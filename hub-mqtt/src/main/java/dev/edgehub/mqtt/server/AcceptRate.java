package dev.edgehub.mqtt.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How fast one address may open connections: a bucket of tokens each, refilled at the rate. What a
 * subscriber is given in IPv6, a /64, counts as one address. Remembers the latest 10,000 addresses.
 * Any thread.
 */
final class AcceptRate {

  private static final int ADDRESSES = 10_000;
  private static final int IPV6_PREFIX = 8;
  private static final double NANOS = 1e9;

  private final int perSecond;
  private final int burst;
  private final LongSupplier nanos;
  private final Map<InetAddressKey, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddressKey, Bucket> eldest) {
          return size() > ADDRESSES;
        }
      };

  private record InetAddressKey(int hash, byte[] bytes) {
    static InetAddressKey of(InetAddress address) {
      byte[] bytes = address.getAddress();
      byte[] key = address instanceof Inet6Address ? Arrays.copyOf(bytes, IPV6_PREFIX) : bytes;
      return new InetAddressKey(Arrays.hashCode(key), key);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof InetAddressKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private static final class Bucket {
    private double tokens;
    private long filledAt;
  }

  /**
   * A rate.
   *
   * @param perSecond 0 for any number
   * @param burst connections at once after a pause
   * @param nanos the monotonic clock
   */
  AcceptRate(int perSecond, int burst, LongSupplier nanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanos = nanos;
  }

  boolean admits(InetAddress address) {
    if (perSecond == 0) {
      return true;
    }
    long now = nanos.getAsLong();
    // the buckets are shared by the event loops of all listeners
    synchronized (buckets) {
      Bucket bucket = buckets.get(InetAddressKey.of(address));
      if (bucket == null) {
        bucket = new Bucket();
        bucket.tokens = burst;
        buckets.put(InetAddressKey.of(address), bucket);
      } else {
        double refill = (now - bucket.filledAt) / NANOS * perSecond;
        bucket.tokens = Math.min(burst, bucket.tokens + refill);
      }
      bucket.filledAt = now;
      if (bucket.tokens < 1) {
        return false;
      }
      bucket.tokens--;
      return true;
    }
  }
}
