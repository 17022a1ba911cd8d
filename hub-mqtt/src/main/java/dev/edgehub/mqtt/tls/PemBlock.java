package dev.edgehub.mqtt.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One block of a PEM file.
 *
 * @param label what follows BEGIN
 * @param encrypted whether a header of the block says so
 */
record PemBlock(String label, boolean encrypted, byte[] der) {

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  /**
   * The blocks of a text, in order; what stands around them is passed over.
   *
   * @throws PemException when a block has no end or is not Base64
   */
  static List<PemBlock> parse(String text) throws PemException {
    List<PemBlock> blocks = new ArrayList<>();
    String label = "";
    boolean encrypted = false;
    StringBuilder base64 = new StringBuilder();
    for (String line : text.lines().map(String::strip).toList()) {
      if (label.isEmpty()) {
        if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
          label = line.substring(BEGIN.length(), line.length() - DASHES.length());
        }
      } else if (line.startsWith(END)) {
        blocks.add(new PemBlock(label, encrypted, decoded(label, base64.toString())));
        label = "";
        encrypted = false;
        base64.setLength(0);
      } else if (line.contains(":")) {
        encrypted |= line.contains("ENCRYPTED");
      } else {
        base64.append(line);
      }
    }
    if (!label.isEmpty()) {
      throw new PemException("the block \"" + label + "\" has no END line; the file is cut short");
    }
    return blocks;
  }

  private static byte[] decoded(String label, String base64) throws PemException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new PemException("the block \"" + label + "\" is not Base64 (" + e.getMessage() + ")");
    }
  }

  /** A block as it stands in a file. */
  static String write(String label, byte[] der) {
    return BEGIN
        + label
        + DASHES
        + "\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n"
        + END
        + label
        + DASHES
        + "\n";
  }
}
