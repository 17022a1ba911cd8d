package dev.edgehub.lang;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds names that are legal but are surely not what was meant. */
final class NameWarnings {

  static final List<String> SYSTEM_PROPERTIES =
      List.of(
          "messageId",
          "cid",
          "userId",
          "to",
          "absolute-expiry-time",
          "outputName",
          "contentType",
          "contentEncoding",
          "messageSchema",
          "creationTime",
          "ack",
          "operation",
          "iothub-interface-id",
          "dt-subject",
          "connectionDeviceId",
          "connectionModuleId",
          "modelId",
          "edgeMessageId",
          "edgeHubOriginInterface",
          "enqueuedTime",
          "messageType",
          "rpSenderDeviceId",
          "rpSenderModuleId");

  /** What the same thing is called in a topic or in the cloud. */
  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("mid", "messageId"),
          Map.entry("correlationid", "cid"),
          Map.entry("uid", "userId"),
          Map.entry("exp", "absolute-expiry-time"),
          Map.entry("on", "outputName"),
          Map.entry("ct", "contentType"),
          Map.entry("ce", "contentEncoding"),
          Map.entry("schema", "messageSchema"),
          Map.entry("ctime", "creationTime"),
          Map.entry("ifid", "iothub-interface-id"),
          Map.entry("sub", "dt-subject"),
          Map.entry("subject", "dt-subject"),
          Map.entry("iothub-connection-device-id", "connectionDeviceId"),
          Map.entry("iothub-connection-module-id", "connectionModuleId"),
          Map.entry("iothub-enqueuedtime", "enqueuedTime"),
          Map.entry("iothub-message-schema", "messageSchema"),
          Map.entry("iothub-operation", "operation"));

  private final Issues issues;

  NameWarnings(Issues issues) {
    this.issues = issues;
  }

  /** A word of the language in other letters is a property; so is what holds a quote. */
  void look(Expr.Property property) {
    String name = property.name();
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("true") || lower.equals("false") || lower.equals("null")) {
      add(IssueCode.WORD_IN_CAPITALS, property, name + " is a property", "write " + lower);
    } else if (SyntaxHints.hasTypographicQuote(name)) {
      add(
          IssueCode.QUOTE_IN_NAME,
          property,
          "the quotes are part of the name " + Quoted.brief(name),
          "write straight quotes: ' or \"");
    } else if (name.length() > 1 && name.startsWith("!")) {
      add(
          IssueCode.OPERATOR_IN_NAME,
          property,
          "the ! is part of the name " + Quoted.brief(name),
          "write NOT instead of !");
    } else if (name.indexOf('\'') >= 0) {
      add(
          IssueCode.QUOTE_IN_NAME,
          property,
          Quoted.brief(name) + " is one name, not a string",
          "put spaces around the string");
    }
  }

  void look(Expr.SystemProperty property) {
    String name = property.name();
    String lower = name.toLowerCase(Locale.ROOT);
    String bare = lower.startsWith(".") ? lower.substring(1) : lower;
    if (lower.equals("body")) {
      add(property, "write $body.<name> for a value of the body");
    } else if (lower.startsWith("twin.")) {
      add(property, "only the cloud looks into twins");
    } else if (isUnknown(name)) {
      String known = known(lower, bare);
      if (known != null) {
        add(property, "write $" + known);
      }
    }
  }

  private static boolean isUnknown(String name) {
    return SYSTEM_PROPERTIES.stream().noneMatch(name::equalsIgnoreCase);
  }

  private static @Nullable String known(String lower, String bare) {
    String alias = ALIASES.get(bare);
    if (alias != null) {
      return alias;
    }
    return lower.equals(bare) ? Nearest.of(lower, SYSTEM_PROPERTIES) : isDotted(bare);
  }

  private static @Nullable String isDotted(String bare) {
    return bare.equals("to") || bare.equals("cid") ? bare : null;
  }

  private void add(Expr.SystemProperty property, String hint) {
    String name = Quoted.brief(property.name());
    String text = "there is no system property " + name;
    add(IssueCode.UNKNOWN_SYSTEM_PROPERTY, property, text, hint);
  }

  private void add(IssueCode code, Expr place, String text, String hint) {
    issues.add(code, place.span(), text, hint);
  }
}
