package dev.edgehub.mqtt.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** How fast one address may open connections. */
final class AcceptRateTest {

  private long nanos;
  private final AcceptRate rate = new AcceptRate(2, 3, () -> nanos);

  private int admitted(String address, int tries) throws UnknownHostException {
    int admitted = 0;
    for (int i = 0; i < tries; i++) {
      admitted += rate.admits(InetAddress.getByName(address)) ? 1 : 0;
    }
    return admitted;
  }

  @Test
  void admitsABurstAndThenTheRate() throws UnknownHostException {
    int burst = admitted("192.0.2.1", 10);
    nanos += 1_000_000_000L;
    int afterASecond = admitted("192.0.2.1", 10);
    nanos += 3_600_000_000_000L;

    assertEquals(3, burst);
    assertEquals(2, afterASecond);
    assertEquals(3, admitted("192.0.2.1", 10), "never more than the burst");
  }

  @Test
  void countsEachAddressForItself() throws UnknownHostException {
    assertEquals(3, admitted("192.0.2.1", 10));
    assertEquals(3, admitted("192.0.2.2", 10));
  }

  @Test
  void countsASubscribersNetworkInIpv6AsOne() throws UnknownHostException {
    assertEquals(3, admitted("2001:db8:1:1::1", 10));
    assertEquals(0, admitted("2001:db8:1:1:ffff::2", 10));
    assertEquals(3, admitted("2001:db8:1:2::1", 10));
  }

  @Test
  void remembersABoundedNumberOfAddresses() throws UnknownHostException {
    admitted("192.0.2.1", 10);
    for (int i = 0; i < 10_000; i++) {
      admitted("10.0." + i / 250 + "." + i % 250, 1);
    }

    assertEquals(3, admitted("192.0.2.1", 10), "forgotten, and therefore new");
  }
}
