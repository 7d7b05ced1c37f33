package io.github.millrace.cli.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One stage word taken apart: a name, values in order, and options {@code key=value}. */
final class Word {

  private final String name;
  private final String syntax;
  private final List<String> values = new ArrayList<>();
  private final Map<String, String> options = new LinkedHashMap<>();
  private final List<String> known = new ArrayList<>();
  private int next;

  /**
   * Takes a word apart.
   *
   * @param syntax how the word is written, for messages
   */
  Word(String text, String syntax) {
    int colon = text.indexOf(':');
    name = colon < 0 ? text : text.substring(0, colon);
    this.syntax = syntax;
    while (colon >= 0) {
      int end = text.indexOf(':', colon + 1);
      add(text.substring(colon + 1, end < 0 ? text.length() : end));
      colon = end;
    }
  }

  private void add(String part) {
    int equals = part.indexOf('=');
    if (equals < 0) {
      values.add(part);
    } else if (options.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
      throw new WordException(part.substring(0, equals) + " is given twice");
    }
  }

  /** What is before the first colon. */
  String name() {
    return name;
  }

  /** The next value in order. */
  String value(String what) {
    if (next == values.size() || values.get(next).isEmpty()) {
      throw new WordException(what + " is missing, expected " + syntax);
    }
    return values.get(next++);
  }

  /** Whether the next value is this word, which is then taken. */
  boolean flag(String text) {
    boolean given = next < values.size() && values.get(next).equals(text);
    next += given ? 1 : 0;
    return given;
  }

  /** The value of an option, or a default where it is not given. */
  <T> T option(String key, T otherwise, Function<String, T> parse) {
    known.add(key);
    String text = options.remove(key);
    if (text == null) {
      return otherwise;
    }
    try {
      return parse.apply(text);
    } catch (WordException e) {
      throw new WordException(key + ": " + e.getMessage(), e);
    }
  }

  /** The value of an option that must be given. */
  <T> T required(String key, Function<String, T> parse) {
    T value = option(key, null, parse);
    if (value == null) {
      throw new WordException(key + " is missing, expected " + syntax);
    }
    return value;
  }

  /** Checks that nothing is left over. */
  void end() {
    if (!options.isEmpty()) {
      String key = options.keySet().iterator().next();
      throw new WordException(
          known.isEmpty()
              ? "unknown option '" + key + "', expected " + syntax
              : Choice.unknown("option", key, known));
    }
    if (next < values.size()) {
      throw new WordException("'" + values.get(next) + "' is one too many, expected " + syntax);
    }
  }
}
