package dev.edgehub.mqtt.http;

import dev.edgehub.mqtt.auth.Origin;
import dev.edgehub.mqtt.session.SessionServices;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.util.List;
import java.util.function.Supplier;

/** What a connection passes through before it is known what it wants. */
final class HttpFront {

  private static final int MAX_LINE = 4 << 10;
  private static final int MAX_HEADERS = 8 << 10;
  static final String CODEC = "http";

  private HttpFront() {}

  static void build(
      ChannelPipeline pipeline,
      SessionServices services,
      List<HttpService> routes,
      Supplier<Origin> origin) {
    ArrivalDeadline deadline =
        new ArrivalDeadline(pipeline.channel(), services.log(), services.limits().connectSeconds());
    pipeline.channel().closeFuture().addListener(closed -> deadline.met());
    pipeline.addLast(
        CODEC,
        new HttpServerCodec(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_LINE)
                .setMaxHeaderSize(MAX_HEADERS)));
    pipeline.addLast(new RequestHandler(services, routes, origin, deadline));
  }
}
