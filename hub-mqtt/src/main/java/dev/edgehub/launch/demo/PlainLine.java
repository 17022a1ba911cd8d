package dev.edgehub.launch.demo;

import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a picture as one line. */
final class PlainLine {

  private PlainLine() {}

  static String write(Picture picture) {
    return Figures.clock(picture.elapsedMillis())
        + "  "
        + String.format(Locale.ROOT, "%-6s", picture.scene().label())
        + "  "
        + picture.routes().stream().map(PlainLine::route).collect(Collectors.joining(" | "))
        + " | hub "
        + picture.hub()
        + " | upstream "
        + picture.upstream();
  }

  private static String route(Picture.Route route) {
    return String.format(
        Locale.ROOT,
        "%s in %d/s out %d/s waiting %d oldest %s",
        route.name(),
        Math.round(route.acceptedPerSecond()),
        Math.round(route.arrivedPerSecond()),
        route.depth(),
        Figures.seconds(route.oldestAgeSeconds()));
  }
}
