package dev.edgehub.mqtt.tls;

import io.netty.util.NetUtil;
import java.net.IDN;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A name that clients may know the hub by, as certificates hold them.
 *
 * @param address whether it is an IP address
 * @param text in one form: a name in lower case, an address as Netty writes it
 */
record ServerName(boolean address, String text) implements Comparable<ServerName> {

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  static ServerName of(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    return bytes == null
        ? new ServerName(false, IDN.toASCII(text).toLowerCase(Locale.ROOT))
        : new ServerName(true, NetUtil.bytesToIpAddress(bytes));
  }

  /** The names that a hub needs: its own, those of this machine, and where it listens. */
  static SortedSet<ServerName> of(String hostname, Collection<String> listeningOn) {
    List<String> names = new ArrayList<>(List.of(hostname, "localhost", "127.0.0.1", "::1"));
    for (String host : listeningOn) {
      byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
      boolean wildcard = bytes != null && isZero(bytes);
      if (!wildcard) {
        names.add(host);
      }
    }
    SortedSet<ServerName> all = new TreeSet<>();
    names.forEach(name -> all.add(of(name)));
    return all;
  }

  private static boolean isZero(byte[] bytes) {
    int all = 0;
    for (byte b : bytes) {
      all |= b;
    }
    return all == 0;
  }

  /** The names that a certificate is for. */
  static SortedSet<ServerName> of(X509Certificate certificate) {
    SortedSet<ServerName> names = new TreeSet<>();
    try {
      Collection<List<?>> found = certificate.getSubjectAlternativeNames();
      for (List<?> name : found == null ? List.<List<?>>of() : found) {
        if (name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS)) {
          names.add(of((String) name.get(1)));
        }
      }
    } catch (CertificateParsingException e) {
      return new TreeSet<>(); // it is for nobody then
    }
    return names;
  }

  @Override
  public int compareTo(ServerName other) {
    int kind = Boolean.compare(address, other.address);
    return kind != 0 ? kind : text.compareTo(other.text);
  }
}
