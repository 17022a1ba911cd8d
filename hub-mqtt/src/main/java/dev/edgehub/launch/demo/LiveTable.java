package dev.edgehub.launch.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws a picture as the lines of a table, at most 80 columns wide. */
final class LiveTable {

  private static final int BAR = 30;
  private static final String LEDGER = "  %-14s %10s %10s %10s %10s %11s";
  private static final String ROW = "  %-14s %-27s %8s %8s %8s %8s";

  private final Ink ink;

  LiveTable(Ink ink) {
    this.ink = ink;
  }

  List<String> draw(Picture picture) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("  " + ink.bold("Edge Hub demo") + "   " + progress(picture));
    lines.add("  " + scenes(picture.scene()));
    lines.add("  " + ink.bold(picture.scene().sentence()));
    lines.add("");
    lines.add(
        ink.faint(
            String.format(
                Locale.ROOT, ROW, "ROUTE", "FROM -> TO", "IN/S", "OUT/S", "WAITING", "OLDEST")));
    picture.routes().forEach(route -> lines.add(route(route)));
    lines.add("");
    lines.add("  edge hub  " + state(picture.hub(), "running"));
    lines.add("  upstream  " + state(picture.upstream(), "connected"));
    lines.add("");
    ledger(lines, picture);
    lines.add("");
    picture.events().forEach(event -> lines.add("  " + ink.faint(event)));
    return lines;
  }

  private String progress(Picture picture) {
    double done = Math.min(1, picture.elapsedMillis() / (picture.seconds() * 1_000.0));
    int filled = (int) Math.round(done * BAR);
    return Figures.clock(picture.elapsedMillis())
        + " of "
        + Figures.clock(picture.seconds() * 1_000L)
        + "   ["
        + ink.green("#".repeat(filled))
        + "-".repeat(BAR - filled)
        + "]";
  }

  private String scenes(Scene now) {
    return Stream.of(Scene.values())
        .map(
            scene ->
                scene == now
                    ? ink.bold("[" + scene.label() + "]")
                    : scene.compareTo(now) < 0 ? scene.label() : ink.faint(scene.label()))
        .collect(Collectors.joining(ink.faint(" > ")));
  }

  private String route(Picture.Route route) {
    String row =
        String.format(
            Locale.ROOT,
            ROW,
            route.name(),
            route.way(),
            Math.round(route.acceptedPerSecond()),
            Math.round(route.arrivedPerSecond()),
            Figures.count(route.depth()),
            route.depth() == 0 ? "-" : Figures.seconds(route.oldestAgeSeconds()));
    boolean stuck = route.depth() > 0 && route.oldestAgeSeconds() > 1;
    return stuck ? ink.yellow(row) : row;
  }

  private String state(String words, String good) {
    return words.startsWith(good) ? ink.green(words) : ink.red(words);
  }

  private void ledger(List<String> lines, Picture picture) {
    Ledger.Counts counts = picture.counts();
    lines.add(
        ink.faint(
            String.format(
                Locale.ROOT,
                LEDGER,
                "READINGS",
                "ACCEPTED",
                "DELIVERED",
                "FILTERED",
                "UNDER WAY",
                "DUPLICATES")));
    lines.add(
        String.format(
            Locale.ROOT,
            LEDGER,
            "so far",
            Figures.count(counts.firstAccepted()),
            Figures.count(counts.delivered()),
            Figures.count(counts.filtered()),
            Figures.count(picture.underWay()),
            Figures.count(counts.duplicates())));
  }
}
