package dev.edgehub.routing.body;

import java.util.regex.Pattern;

/** Texts that the original takes for dates: ISO dates with a time, and Microsoft's JSON dates. */
final class DateText {

  private static final Pattern ISO = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*");
  private static final Pattern MICROSOFT = Pattern.compile("/Date\\(-?\\d{1,20}([+-]\\d{4})?\\)/");

  private DateText() {}

  /** Whether the text is one. The patterns are asked only where little else is left. */
  static boolean is(String text) {
    if (text.startsWith("/Date(")) {
      return MICROSOFT.matcher(text).matches();
    }
    return text.length() >= 19
        && text.length() <= 40
        && text.charAt(10) == 'T'
        && ISO.matcher(text).matches();
  }
}
