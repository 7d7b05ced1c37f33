package io.github.millrace.cli.words;

import java.math.BigDecimal;
import java.util.Locale;

/** Numbers with units, as people write them: {@code 5k}, {@code 44.1kHz}, {@code -3dB}. */
public final class Quantity {

  private static final String NUMBER_CHARACTERS = "0123456789.eE+-";

  private Quantity() {}

  /**
   * A frequency in Hz: a number with an optional {@code k} and an optional {@code Hz}.
   *
   * @throws WordException if it is no such thing
   */
  public static double hertz(String text) {
    String rest = withoutUnit(text, "hz");
    boolean kilo = endsWith(rest, "k");
    String digits = kilo ? rest.substring(0, rest.length() - 1) : rest;
    double value = number(digits, text, "a frequency such as 440, 5k or 1.5kHz");
    return kilo ? thousand(digits) : value;
  }

  /**
   * Not times 1000: 44.1k must be the double nearest to 44100. BigDecimal, which takes 10 ms to
   * load, is for those who write an exponent and a {@code k}.
   */
  private static double thousand(String digits) {
    return digits.indexOf('e') < 0 && digits.indexOf('E') < 0
        ? Double.parseDouble(digits + "e3")
        : new BigDecimal(digits).movePointRight(3).doubleValue();
  }

  /**
   * One or two frequencies in Hz, joined by a hyphen.
   *
   * @throws WordException also if it is not clear whether a {@code k} is meant for both
   */
  static double[] hertzRange(String text) {
    for (int i = 1; i < text.length() - 1; i++) {
      if (text.charAt(i) == '-' && "eE".indexOf(text.charAt(i - 1)) < 0) {
        return range(text.substring(0, i), text.substring(i + 1));
      }
    }
    return new double[] {hertz(text)};
  }

  private static double[] range(String low, String high) {
    double first = hertz(low);
    double last = hertz(high);
    boolean bare = Character.isDigit(low.charAt(low.length() - 1));
    boolean kilo = endsWith(withoutUnit(high, "hz"), "k");
    if (bare && kilo && first * 1000 < last) {
      throw new WordException(
          "'"
              + low
              + "-"
              + high
              + "' could begin at "
              + low
              + "Hz or at "
              + low
              + "k: write "
              + low
              + "k-"
              + high
              + " or "
              + low
              + "Hz-"
              + high);
    }
    return new double[] {first, last};
  }

  /** A level in dB: a number with an optional {@code dB}. */
  static double decibels(String text) {
    return number(withoutUnit(text, "db"), text, "dB such as 60 or -3dB");
  }

  /** A number without a unit. */
  static double plain(String text) {
    return number(text, text, "a number");
  }

  /** A whole number without a unit. */
  static int whole(String text) {
    double value = number(text, text, "a whole number");
    if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
      throw new WordException("'" + text + "' is not a whole number up to 2147483647");
    }
    return (int) value;
  }

  static boolean endsWith(String text, String unit) {
    int start = text.length() - unit.length();
    return start >= 0 && text.substring(start).toLowerCase(Locale.ROOT).equals(unit);
  }

  static String withoutUnit(String text, String unit) {
    return endsWith(text, unit) ? text.substring(0, text.length() - unit.length()) : text;
  }

  /**
   * The number written by {@code digits}.
   *
   * @param text all that was written, for the message
   * @param expected what should have been
   */
  static double number(String digits, String text, String expected) {
    boolean numeric = !digits.isEmpty();
    for (int i = 0; i < digits.length(); i++) {
      // parseDouble would take NaN, 0x1p3 and 5f as well.
      numeric &= NUMBER_CHARACTERS.indexOf(digits.charAt(i)) >= 0;
    }
    try {
      double value = numeric ? Double.parseDouble(digits) : Double.NaN;
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The message below says it better.
    }
    throw new WordException("'" + text + "' is not " + expected);
  }
}
