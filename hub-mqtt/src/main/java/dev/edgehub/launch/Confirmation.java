package dev.edgehub.launch;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;

/** Asks before something is lost for good, when there is a person to ask. */
final class Confirmation {

  private Confirmation() {}

  /** Whether to go on; a script is not asked. */
  static boolean of(String question) {
    Console console = System.console();
    if (console == null || !isTerminal(console)) {
      return true;
    }
    String answer = console.readLine("%s [y/N] ", question);
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }

  /** From Java 22 on there is a console without a terminal, too. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
