package dev.edgehub.lang.reference;

import java.util.List;

/** Names and texts that conditions and messages are made of; few, so that they meet. */
final class Pools {

  static final List<String> USER =
      List.of("a", "b", "site", "level", "x-1", "a.b", "key!", "#1", "none", "TRUE", "Null");

  static final List<String> SYSTEM =
      List.of("rank", "zone", "messageId", "contentType", "outputName", "twin.x", "nope");

  static final List<String> PATHS =
      List.of(
          "n",
          "m",
          "t",
          "s",
          "on",
          "nil",
          "when",
          "N",
          "gone",
          "list",
          "list[0]",
          "list[1]",
          "list[2]",
          "list[007]",
          "list[99999999999]",
          "list[1].n",
          "grid[0][1]",
          "grid[1][0].t",
          "obj",
          "obj.n",
          "obj.t",
          "obj.list[0]",
          "t.x",
          "n[0]",
          "nil.x",
          "obj.gone",
          "obj[0]",
          "list.n",
          "*",
          "obj.*");

  static final List<String> WRONG_PATHS =
      List.of(
          "", "1", "t.", ".t", "t..x", "list[", "list[]", "list[a]", "[0]", "obj.1", "list[-1]");

  static final List<String> WRONG_FUNCTIONS =
      List.of("round", "is_array", "is_object", "is_primitive", "twin_change_includes");

  static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "b",
          "A",
          "Pump",
          "pump",
          "North7",
          "ab",
          "Stra\u00dfe",
          "\u00e9\u03a9",
          "\ud83d\ude00x",
          "42",
          " 7 ",
          "-3",
          "5-",
          "(5)",
          "1,234.5",
          "1e3",
          ".5",
          "+2",
          "1e999",
          "NaN",
          "Infinity",
          "-Infinity",
          "0x10",
          "12ab",
          "true",
          "null",
          "it's",
          "say \"hi\"",
          "back\\slash",
          "line\nbreak",
          "\t",
          "$a",
          "2024-05-06");

  static final List<String> DATES =
      List.of(
          "2024-05-06T07:08:09",
          "2024-05-06T07:08:09Z",
          "2024-05-06T07:08:09.123+02:00",
          "/Date(1715000000000)/",
          "/Date(-5)/");

  static final List<String> INTEGERS =
      List.of("0", "1", "2", "3", "7", "42", "007", "-1", "-3", "1000", "9007199254740993");

  static final List<String> HEXES = List.of("0x10", "0XfF", "0x2A", "0xFFFFFFFFFFFFFFFF", "0x0");

  static final List<String> REALS =
      List.of("0.5", ".5", "-2.5", "1e3", "42.0", "1E-2", "-.25e1", "1e999", "0.0", "-0.0");

  private Pools() {}
}
