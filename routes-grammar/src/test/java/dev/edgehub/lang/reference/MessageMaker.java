package dev.edgehub.lang.reference;

import dev.edgehub.lang.reference.Answer.Special;
import dev.edgehub.lang.reference.RandomMessage.DateText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Makes messages of every kind, unreadable bodies among them. */
public final class MessageMaker {

  private static final List<String> MEMBERS =
      List.of("n", "m", "t", "s", "on", "nil", "when", "list", "grid", "obj", "1", "*");
  private static final List<String> NUMBERS =
      List.of("0", "1", "3", "42", "-3", "2.5", "1e3", "-0.0", "0.1", "12345678901234567890");

  private final Random random;

  public MessageMaker(Random random) {
    this.random = random;
  }

  /** The next message. */
  public RandomMessage message() {
    Map<String, Object> properties = named(Pools.USER, "");
    properties.putAll(named(Pools.SYSTEM, "$"));
    if (random.nextInt(8) == 0) {
      properties.put("$body." + pick(Pools.PATHS), textOrNull());
    }
    Map<String, Object> system = named(Pools.SYSTEM, "");
    String encoding = pick(List.of("utf-8", "utf-8", "UTF-8", "Utf-16", "utf-32"));
    system.put("contentType", pick(List.of("application/json", "Application/JSON")));
    system.put("contentEncoding", encoding);
    Map<?, ?> body = object(2);
    String text = json(body);
    boolean readable = random.nextInt(6) > 0;
    if (!readable) {
      text = damage(text, system);
    }
    String json =
        "{\"systemProperties\":"
            + json(system)
            + ",\"properties\":"
            + json(properties)
            + ","
            + bytes(text, encoding)
            + "}";
    return new RandomMessage(properties, system, body, readable, json);
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** About half of the names; a prefixed one, which hides a system property, is rarer. */
  private Map<String, Object> named(List<String> names, String prefix) {
    Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : names) {
      if (random.nextInt(prefix.isEmpty() ? 2 : 8) == 0) {
        values.put(prefix + name, textOrNull());
      }
    }
    return values;
  }

  private Object textOrNull() {
    return random.nextInt(6) == 0 ? Special.NULL : pick(Pools.TEXTS);
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> members = new TreeMap<>();
    for (String name : MEMBERS) {
      if (random.nextInt(3) > 0) {
        members.put(name, member(name, depth - 1));
      }
    }
    return members;
  }

  /** Mostly of the kind that the name promises. */
  private Object member(String name, int depth) {
    if (random.nextInt(5) == 0) {
      return value(depth);
    }
    return switch (name) {
      case "n", "m" -> number();
      case "t", "s" -> pick(Pools.TEXTS);
      case "on" -> random.nextBoolean();
      case "nil" -> Special.NULL;
      case "when" -> new DateText(pick(Pools.DATES));
      case "list" -> list(depth);
      case "grid" -> List.of(list(depth), list(depth));
      default -> depth > 0 ? object(depth) : value(depth);
    };
  }

  private Double number() {
    return Double.valueOf(pick(NUMBERS));
  }

  private Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> number();
      case 1 -> pick(Pools.TEXTS);
      case 2 -> random.nextBoolean();
      case 3 -> Special.NULL;
      case 4 -> new DateText(pick(Pools.DATES));
      case 5 -> list(depth);
      default -> object(depth - 1);
    };
  }

  private List<Object> list(int depth) {
    List<Object> elements = new ArrayList<>();
    for (int left = random.nextInt(4); left > 0; left--) {
      elements.add(value(depth - 1));
    }
    return elements;
  }

  /** Makes the body unreadable in one of many ways; what is damaged is the text or its labels. */
  private String damage(String text, Map<String, Object> system) {
    switch (random.nextInt(10)) {
      case 0 -> system.remove("contentType");
      case 1 -> system.put("contentType", "application/json; charset=utf-8");
      case 2 -> system.put("contentType", Special.NULL);
      case 3 -> system.remove("contentEncoding");
      case 4 -> system.put("contentEncoding", "latin-1");
      case 5 -> {
        return "";
      }
      case 6 -> {
        return "[" + text + "]";
      }
      case 7 -> {
        return text.substring(0, text.length() - 1);
      }
      case 8 -> {
        return text + " x";
      }
      default -> {
        return "{,".concat(text.substring(1));
      }
    }
    return text;
  }

  private static String bytes(String text, String encoding) {
    if (encoding.equalsIgnoreCase("utf-8")) {
      return "\"bodyText\":" + json(text);
    }
    Charset charset =
        encoding.equals("utf-32") ? Charset.forName("UTF-32LE") : StandardCharsets.UTF_16LE;
    return "\"bodyBase64\":\"" + Base64.getEncoder().encodeToString(text.getBytes(charset)) + "\"";
  }

  private static String json(Object value) {
    if (value instanceof Map<?, ?> object) {
      List<String> members = new ArrayList<>();
      object.forEach((name, member) -> members.add(json(name) + ":" + json(member)));
      return "{" + String.join(",", members) + "}";
    }
    if (value instanceof List<?> list) {
      return "[" + String.join(",", list.stream().map(MessageMaker::json).toList()) + "]";
    }
    if (value instanceof DateText date) {
      return json(date.text());
    }
    if (value instanceof String text) {
      return quoted(text);
    }
    return value == Special.NULL ? "null" : value.toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
