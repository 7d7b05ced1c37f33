package io.github.millrace.cli.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON (RFC 8259): objects as maps, arrays as lists, strings, numbers as Double, booleans,
 * null.
 */
public final class JsonReader {

  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

  private static final Pattern STRING =
      Pattern.compile("\"((?:[^\"\\\\\\x00-\\x1f]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4})*+)\"");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u(....)|(.))");
  private static final Pattern SPACE = Pattern.compile("[ \\t\\r\\n]*");
  private static final String ESCAPED = "bfnrt";
  private static final String MEANT = "\b\f\n\r\t";
  private static final int DEEPEST = 100;

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * The value that a text holds.
   *
   * @throws IllegalArgumentException if it is no JSON; the message says where
   */
  public static Object read(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value();
    reader.skip(SPACE);
    if (reader.at != text.length()) {
      throw reader.expected("the end");
    }
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
    if (take("true")) {
      return true;
    }
    if (take("false")) {
      return false;
    }
    return take("null") ? null : Double.valueOf(require(NUMBER, "a value").group());
  }

  private Map<String, Object> object() {
    enter();
    Map<String, Object> map = new LinkedHashMap<>();
    for (boolean more = !closes("}"); more; more = next("}")) {
      skip(SPACE);
      String name = string();
      skip(SPACE);
      if (!take(":")) {
        throw expected("':'");
      }
      map.put(name, value());
    }
    depth--;
    return map;
  }

  private List<Object> array() {
    enter();
    List<Object> list = new ArrayList<>();
    for (boolean more = !closes("]"); more; more = next("]")) {
      list.add(value());
    }
    depth--;
    return list;
  }

  private void enter() {
    if (++depth > DEEPEST) {
      throw expected("at most " + DEEPEST + " levels");
    }
  }

  private boolean closes(String end) {
    skip(SPACE);
    return take(end);
  }

  private boolean next(String end) {
    if (closes(end)) {
      return false;
    }
    if (!take(",")) {
      throw expected("',' or '" + end + "'");
    }
    return true;
  }

  private String string() {
    String raw = require(STRING, "a string").group(1);
    return ESCAPE
        .matcher(raw)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    escape.group(1) != null
                        ? String.valueOf((char) Integer.parseInt(escape.group(1), 16))
                        : plain(escape.group(2))));
  }

  private static String plain(String escaped) {
    int index = ESCAPED.indexOf(escaped);
    return index < 0 ? escaped : MEANT.substring(index, index + 1);
  }

  private boolean take(String word) {
    boolean here = text.startsWith(word, at);
    at += here ? word.length() : 0;
    return here;
  }

  private void skip(Pattern pattern) {
    require(pattern, "");
  }

  private Matcher require(Pattern pattern, String what) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw expected(what);
    }
    at = matcher.end();
    return matcher;
  }

  private IllegalArgumentException expected(String what) {
    long line = 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
    return new IllegalArgumentException("no JSON: line " + line + ", expected " + what);
  }
}
