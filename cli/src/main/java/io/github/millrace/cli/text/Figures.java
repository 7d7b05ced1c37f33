package io.github.millrace.cli.text;

/** Numbers as people read them; always with a point and commas, whatever the locale. */
public final class Figures {

  private Figures() {}

  /** A count with commas between thousands: {@code 28,800,000}. */
  public static String count(long value) {
    StringBuilder text = new StringBuilder(Long.toString(value));
    int first = value < 0 ? 1 : 0;
    for (int i = text.length() - 3; i > first; i -= 3) {
      text.insert(i, ',');
    }
    return text.toString();
  }

  /**
   * A number with a fixed number of decimals, its shortest digits rounded half up; {@code n/a} for
   * NaN and infinities. BigDecimal would do it, but takes 10 ms to load.
   */
  public static String fixed(double value, int decimals) {
    if (!Double.isFinite(value)) {
      return "n/a";
    }
    String text = Double.toString(Math.abs(value));
    int end = text.indexOf('E') < 0 ? text.length() : text.indexOf('E');
    int exponent = end == text.length() ? 0 : Integer.parseInt(text.substring(end + 1));
    int point = text.indexOf('.');
    String digits = text.substring(0, point) + text.substring(point + 1, end);
    int whole = point + exponent;
    String padded =
        "0".repeat(1 + Math.max(0, -whole)) + digits + "0".repeat(Math.max(0, whole) + decimals);
    StringBuilder rounded = rounded(padded, 1 + Math.max(0, whole) + decimals);
    boolean zero = rounded.chars().allMatch(digit -> digit == '0');
    if (decimals > 0) {
      rounded.insert(rounded.length() - decimals, '.');
    }
    if (rounded.charAt(0) == '0' && rounded.length() > 1 && rounded.charAt(1) != '.') {
      rounded.deleteCharAt(0);
    }
    return (value < 0 && !zero ? "-" : "") + rounded;
  }

  /** The first {@code count} digits, rounded half up by the next; the first of all is 0. */
  private static StringBuilder rounded(String digits, int count) {
    StringBuilder kept = new StringBuilder(digits.substring(0, count));
    boolean up = digits.length() > count && digits.charAt(count) >= '5';
    for (int i = count - 1; up; i--) {
      up = kept.charAt(i) == '9';
      kept.setCharAt(i, up ? '0' : (char) (kept.charAt(i) + 1));
    }
    return kept;
  }

  /**
   * A positive number with three significant digits or more, without an exponent: {@code 0.213}.
   */
  public static String rounded(double value) {
    double size = Math.abs(value);
    int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return decimals == 0 && Double.isFinite(value)
        ? count(Math.round(value))
        : fixed(value, decimals);
  }

  /** A whole number without decimals, another with as many as it needs: {@code 44100}. */
  public static String shortest(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /** A level in dB with two decimals; {@code -inf dB} for silence. */
  public static String decibels(double db) {
    if (db == Double.NEGATIVE_INFINITY) {
      return "-inf dB";
    }
    return fixed(db, 2) + " dB";
  }

  /** A size in bytes with a binary unit: {@code 4.0 MiB}. */
  public static String bytes(long size) {
    String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    double value = size;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return fixed(value, unit == 0 ? 0 : 1) + " " + units[unit];
  }

  /** A short time with three digits and its unit: {@code 21.5 us}. */
  public static String seconds(double value) {
    String[] units = {"ns", "us", "ms", "s"};
    double scaled = value * 1e9;
    int unit = 0;
    while (scaled >= 1000 && unit < units.length - 1) {
      scaled /= 1000;
      unit++;
    }
    return rounded(scaled) + " " + units[unit];
  }

  /** A time as {@code h:mm:ss} or {@code m:ss}, rounded to seconds. */
  public static String clock(double seconds) {
    if (!Double.isFinite(seconds)) {
      return "-:--";
    }
    long whole = Math.round(seconds);
    String rest = two(whole % 60);
    return whole < 3600
        ? whole / 60 + ":" + rest
        : whole / 3600 + ":" + two(whole / 60 % 60) + ":" + rest;
  }

  private static String two(long value) {
    return value < 10 ? "0" + value : Long.toString(value);
  }
}
