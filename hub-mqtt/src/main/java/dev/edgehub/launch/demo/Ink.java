package dev.edgehub.launch.demo;

/** Colours, where there are any. */
enum Ink {
  PLAIN(false),
  COLOUR(true);

  private final boolean colours;

  Ink(boolean colours) {
    this.colours = colours;
  }

  String bold(String text) {
    return paint("1", text);
  }

  String faint(String text) {
    return paint("2", text);
  }

  String red(String text) {
    return paint("31", text);
  }

  String green(String text) {
    return paint("32", text);
  }

  String yellow(String text) {
    return paint("33", text);
  }

  private String paint(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
