package dev.edgehub.bench.load;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Answers CONNECT and QoS 1 PUBLISH packets without looking at what they say: what Netty and the
 * sockets cost, with as many event loops as the hub has.
 */
public final class BareResponder {

  private static final int MOST_LOOPS = 4;

  private BareResponder() {}

  /** Listens on a free port of the loopback address, prints it, and serves until it is killed. */
  public static void main(String[] args) throws InterruptedException {
    // standard output is for the port
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    boolean epoll = Epoll.isAvailable();
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors()),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    Channel listening =
        new ServerBootstrap()
            .group(loops)
            .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Answers());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    System.out.println(((InetSocketAddress) listening.localAddress()).getPort());
    listening.closeFuture().sync();
  }

  /** Such a responder as a process of its own, with the hub's heap. */
  static Running start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                BareResponder.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String port =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    if (port == null) {
      throw new IOException("the bare responder did not start");
    }
    return new Running(process, Integer.parseInt(port));
  }

  /** A responder that serves. */
  record Running(Process process, int port) implements AutoCloseable {

    long pid() {
      return process.pid();
    }

    @Override
    public void close() {
      process.destroy();
    }
  }

  private static final class Answers extends ByteToMessageDecoder {

    private static final byte[] CONNACK = {0x20, 2, 0, 0};

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
      ByteBuf answers = ctx.alloc().buffer(256);
      while (true) {
        int start = in.readerIndex();
        int end = end(in, start);
        if (end < 0) {
          break;
        }
        int type = in.getUnsignedByte(start) >> 4;
        if (type == 1) {
          answers.writeBytes(CONNACK);
        } else if (type == 3) {
          int topic = end(in, start) - length(in, start);
          int id = in.getUnsignedShort(topic + 2 + in.getUnsignedShort(topic));
          answers.writeInt(0x40020000 | id);
        }
        in.readerIndex(end);
      }
      if (answers.isReadable()) {
        ctx.writeAndFlush(answers, ctx.voidPromise());
      } else {
        answers.release();
      }
    }

    /** Where the packet at {@code start} ends; -1 when that has not come yet. */
    private static int end(ByteBuf in, int start) {
      int at = start + 1;
      while (at < in.writerIndex()) {
        if (in.getByte(at++) >= 0) {
          int end = at + length(in, start);
          return end <= in.writerIndex() ? end : -1;
        }
      }
      return -1;
    }

    private static int length(ByteBuf in, int start) {
      int length = 0;
      int shift = 0;
      int next;
      int at = start + 1;
      do {
        next = in.getByte(at++);
        length |= (next & 127) << shift;
        shift += 7;
      } while (next < 0);
      return length;
    }
  }
}
