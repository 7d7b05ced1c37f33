package io.github.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of JSON (RFC 8259) without escapes in strings: objects as maps, arrays as lists,
 * strings, numbers as Double, booleans, null.
 */
final class JsonText {

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private static final Pattern STRING = Pattern.compile("\"([^\"\\\\\\x00-\\x1f]*)\"");
  private static final Pattern SPACE = Pattern.compile("[ \\t\\r\\n]*");

  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  /** The value that a text holds, and nothing else. */
  static Object parse(String text) {
    JsonText json = new JsonText(text);
    Object value = json.value();
    json.skip(SPACE);
    assertEquals(text.length(), json.at, "text behind the value");
    return value;
  }

  private Object value() {
    skip(SPACE);
    if (take("{")) {
      return object();
    }
    if (take("[")) {
      return array();
    }
    if (text.startsWith("\"", at)) {
      return string();
    }
    for (Map.Entry<String, Boolean> word : Map.of("true", true, "false", false).entrySet()) {
      if (take(word.getKey())) {
        return word.getValue();
      }
    }
    return take("null") ? null : Double.valueOf(skip(NUMBER).group());
  }

  private Map<String, Object> object() {
    Map<String, Object> map = new LinkedHashMap<>();
    for (boolean more = !closes("}"); more; more = next("}")) {
      skip(SPACE);
      String name = string();
      skip(SPACE);
      require(":");
      map.put(name, value());
    }
    return map;
  }

  private List<Object> array() {
    List<Object> list = new ArrayList<>();
    for (boolean more = !closes("]"); more; more = next("]")) {
      list.add(value());
    }
    return list;
  }

  private boolean closes(String end) {
    skip(SPACE);
    return take(end);
  }

  private boolean next(String end) {
    if (closes(end)) {
      return false;
    }
    require(",");
    return true;
  }

  private String string() {
    return skip(STRING).group(1);
  }

  private boolean take(String word) {
    boolean here = text.startsWith(word, at);
    at += here ? word.length() : 0;
    return here;
  }

  private void require(String word) {
    if (!take(word)) {
      throw new AssertionError("expected " + word + " at " + at + " in " + text);
    }
  }

  private Matcher skip(Pattern pattern) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw new AssertionError("expected " + pattern + " at " + at + " in " + text);
    }
    at = matcher.end();
    return matcher;
  }
}
