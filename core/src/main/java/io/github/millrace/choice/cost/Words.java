package io.github.millrace.choice.cost;

/** The words of a field of a profile, one after the other. One thread. */
final class Words {

  private final String text;
  private int at;

  Words(String text) {
    this.text = text;
  }

  /** The next word; empty at the end. */
  String next() {
    int space = text.indexOf(' ', at);
    int end = space < 0 ? text.length() : space;
    String word = text.substring(Math.min(at, end), end);
    at = Math.min(text.length(), end + 1);
    return word;
  }

  /** Goes over a word that must be there. */
  Words expect(String word) {
    String found = next();
    if (!found.equals(word)) {
      throw new IllegalArgumentException("found '" + found + "', expected '" + word + "'");
    }
    return this;
  }

  /** The next word as a number of at least 0. */
  double number() {
    String word = next();
    double value;
    try {
      value = Double.parseDouble(word);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("found '" + word + "', expected a number", e);
    }
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("found " + word + ", expected at least 0");
    }
    return value;
  }

  /** What is left. */
  String rest() {
    return text.substring(at);
  }

  /** Requires that nothing is left. */
  void end() {
    if (at < text.length()) {
      throw new IllegalArgumentException("found '" + rest() + "' behind the end");
    }
  }
}
