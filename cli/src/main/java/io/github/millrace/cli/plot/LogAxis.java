package io.github.millrace.cli.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * A logarithmic axis between whole powers of a base.
 *
 * @param base 2 or 10
 * @param first exponent at its begin
 * @param last exponent at its end, above {@code first}
 */
public record LogAxis(int base, int first, int last) {

  private static final String[] UNITS = {"", "k", "M", "G", "T"};

  /** The smallest axis that holds these values, all above 0. */
  public static LogAxis around(int base, double least, double most) {
    int first = (int) Math.floor(log(base, least) + 1e-9);
    int last = (int) Math.ceil(log(base, most) - 1e-9);
    return new LogAxis(base, first, Math.max(last, first + 1));
  }

  private static double log(int base, double value) {
    return Math.log(value) / Math.log(base);
  }

  /** Where a value lies: 0 at the begin, 1 at the end. */
  public double at(double value) {
    return (log(base, value) - first) / (last - first);
  }

  /** Every so many powers there is a mark, so that there are at most eight. */
  public List<Double> marks() {
    int step = Math.max(1, Math.ceilDiv(last - first, 7));
    List<Double> marks = new ArrayList<>();
    for (int exponent = first; exponent <= last; exponent += step) {
      marks.add(Math.pow(base, exponent));
    }
    return marks;
  }

  /** A count in few letters; with base 2, k is 1,024. */
  public String count(double value) {
    double thousand = base == 2 ? 1024 : 1000;
    int unit = 0;
    double rest = value;
    while (rest >= thousand && unit < UNITS.length - 1) {
      rest /= thousand;
      unit++;
    }
    return few(rest) + UNITS[unit];
  }

  /** A time given in seconds, in few letters. */
  public static String time(double seconds) {
    if (seconds >= 1) {
      return few(seconds) + " s";
    }
    if (seconds >= 1e-3) {
      return few(seconds * 1e3) + " ms";
    }
    return seconds >= 1e-6 ? few(seconds * 1e6) + " µs" : few(seconds * 1e9) + " ns";
  }

  private static String few(double value) {
    double rounded = Math.round(value * 100) / 100.0;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }
}
