package dev.edgehub.message;

import org.jspecify.annotations.Nullable;

/**
 * Messages to stored bytes and back. Layout, version 1: version, flags, id (16 bytes), device id,
 * [module id], [output], count and pairs of system properties (number, text), count and pairs of
 * application properties (name, 0 for null or 1, value), body. Texts are UTF-8 behind their length.
 */
public final class MessageCodec {

  private static final int VERSION = 1;
  private static final int HAS_MODULE = 1;
  private static final int HAS_OUTPUT = 2;

  private MessageCodec() {}

  public static byte[] encode(Message message) {
    ByteWriter out = new ByteWriter(message.body().length + 128);
    MessageSource source = message.source();
    String output = source.output();
    @Nullable String module = source.sender() instanceof Identity.Module m ? m.moduleId() : null;
    out.u8(VERSION);
    out.u8((module != null ? HAS_MODULE : 0) | (output != null ? HAS_OUTPUT : 0));
    out.u64(message.id().epoch());
    out.u64(message.id().count());
    out.text(source.sender().deviceId());
    if (module != null) {
      out.text(module);
    }
    if (output != null) {
      out.text(output);
    }
    encode(message.system(), out);
    encode(message.properties(), out);
    out.raw(message.body());
    return out.toBytes();
  }

  private static void encode(SystemProperties system, ByteWriter out) {
    out.varint(system.size());
    if (system == SystemProperties.NONE) {
      return;
    }
    for (SystemProperty property : SystemProperty.values()) {
      String value = system.get(property);
      if (value != null) {
        out.u8(property.number());
        out.text(value);
      }
    }
  }

  private static void encode(Properties properties, ByteWriter out) {
    out.varint(properties.size());
    for (int i = 0; i < properties.size(); i++) {
      out.text(properties.name(i));
      String value = properties.value(i);
      out.u8(value == null ? 0 : 1);
      if (value != null) {
        out.text(value);
      }
    }
  }

  /**
   * Reads a message back.
   *
   * @throws UnreadableMessageException when the bytes are of a newer version or damaged
   */
  public static Message decode(byte[] bytes) throws UnreadableMessageException {
    ByteReader in = new ByteReader(bytes);
    int version = in.u8();
    if (version != VERSION) {
      throw new UnreadableMessageException(
          "expected a message of version " + VERSION + ", found version " + version);
    }
    int flags = in.u8();
    EdgeMessageId id = new EdgeMessageId(in.u64(), in.u64());
    MessageSource source = decodeSource(in, flags);
    return new Message(id, source, decodeSystem(in), decodeProperties(in), in.raw());
  }

  private static MessageSource decodeSource(ByteReader in, int flags)
      throws UnreadableMessageException {
    String device = in.text();
    @Nullable String module = (flags & HAS_MODULE) != 0 ? in.text() : null;
    @Nullable String output = (flags & HAS_OUTPUT) != 0 ? in.text() : null;
    if (!Identity.isId(device) || (module != null && !Identity.isId(module))) {
      throw new UnreadableMessageException("the sender's id is not one");
    }
    Identity sender =
        module == null ? new Identity.Device(device) : new Identity.Module(device, module);
    return MessageSource.of(sender, output);
  }

  private static SystemProperties decodeSystem(ByteReader in) throws UnreadableMessageException {
    SystemProperties.Builder system = new SystemProperties.Builder();
    for (int left = in.varint(); left > 0; left--) {
      SystemProperty property = SystemProperty.byNumber(in.u8());
      String value = in.text();
      if (property != null) {
        system.set(property, value);
      }
    }
    return system.build();
  }

  private static Properties decodeProperties(ByteReader in) throws UnreadableMessageException {
    Properties.Builder properties = new Properties.Builder();
    for (int left = in.varint(); left > 0; left--) {
      String name = in.text();
      properties.set(name, in.u8() == 0 ? null : in.text());
    }
    return properties.build();
  }
}
