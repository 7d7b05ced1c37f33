package io.github.millrace.cli.text;

import java.util.List;
import java.util.Map;

/**
 * Writes maps, lists, strings, numbers, booleans and nulls as JSON (RFC 8259), indented by two
 * spaces, lists of numbers on one line. Numbers that JSON cannot hold become null.
 */
public final class JsonWriter {

  private static final int FIRST_PRINTABLE = 0x20;

  private final StringBuilder text = new StringBuilder();

  private JsonWriter() {}

  /**
   * The JSON text of a value, with a line end.
   *
   * @param value a map with string keys, a list, a string, a number, a boolean or null
   * @throws IllegalArgumentException if it holds anything else
   */
  public static String write(Object value) {
    JsonWriter writer = new JsonWriter();
    writer.value(value, "");
    return writer.text.append('\n').toString();
  }

  private void value(Object value, String indent) {
    switch (value) {
      case null -> text.append("null");
      case Map<?, ?> map -> map(map, indent);
      case List<?> list -> list(list, indent);
      case String string -> string(string);
      case Boolean truth -> text.append(truth);
      case Double number -> number(number);
      case Long number -> text.append(number);
      case Integer number -> text.append(number);
      default ->
          throw new IllegalArgumentException(
              "value is a " + value.getClass().getName() + ", expected one that JSON has");
    }
  }

  private void map(Map<?, ?> map, String indent) {
    String inner = indent + "  ";
    String separator = "{\n";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(separator).append(inner);
      string(entry.getKey().toString());
      text.append(": ");
      value(entry.getValue(), inner);
      separator = ",\n";
    }
    text.append(map.isEmpty() ? "{}" : "\n" + indent + "}");
  }

  private void list(List<?> list, String indent) {
    if (!list.isEmpty() && list.stream().allMatch(Number.class::isInstance)) {
      String separator = "[";
      for (Object number : list) {
        text.append(separator);
        value(number, indent);
        separator = ", ";
      }
      text.append(']');
      return;
    }
    String inner = indent + "  ";
    String separator = "[\n";
    for (Object value : list) {
      text.append(separator).append(inner);
      value(value, inner);
      separator = ",\n";
    }
    text.append(list.isEmpty() ? "[]" : "\n" + indent + "]");
  }

  private void number(double number) {
    if (!Double.isFinite(number)) {
      text.append("null");
    } else {
      text.append(Figures.shortest(number));
    }
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < FIRST_PRINTABLE) {
            text.append("\\u00").append(Integer.toHexString(c + 0x100).substring(1));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
