package io.github.millrace.design.state;

/**
 * A number of about 106 bits, held as the unevaluated sum of two doubles.
 *
 * <p>{@code hi} is the nearest double to the sum. Range and special values are those of double; a
 * product below about 1e-290 loses its low bits. Relative errors: sum 3 2^-106, product 5 2^-106.
 * Immutable; in compiled loops intermediate values cost no allocation.
 *
 * <p>Source: Joldes, Muller and Popescu, "Tight and rigorous error bounds for basic building blocks
 * of double-word arithmetic", ACM TOMS 44 (2017), algorithms 6, 9 and 12; error-free sum by Knuth,
 * error-free product by fused multiply-add.
 *
 * @param hi the sum rounded to double
 * @param lo the rest, at most half an ulp of {@code hi}
 */
public record DoubleDouble(double hi, double lo) {
  /** Zero. */
  public static final DoubleDouble ZERO = new DoubleDouble(0, 0);

  /** One. */
  public static final DoubleDouble ONE = new DoubleDouble(1, 0);

  /** A double, exactly. */
  public static DoubleDouble of(double value) {
    return new DoubleDouble(value, 0);
  }

  /** This plus another. */
  public DoubleDouble plus(DoubleDouble other) {
    double high = hi + other.hi;
    double highError = sumError(hi, other.hi, high);
    double low = lo + other.lo;
    double lowError = sumError(lo, other.lo, low);
    double correction = highError + low;
    double sum = high + correction;
    return fastSum(sum, lowError + (correction - (sum - high)));
  }

  /** This minus another. */
  public DoubleDouble minus(DoubleDouble other) {
    return plus(other.negate());
  }

  /** This times another. */
  public DoubleDouble times(DoubleDouble other) {
    double product = hi * other.hi;
    double error = Math.fma(hi, other.hi, -product);
    return fastSum(product, error + Math.fma(hi, other.lo, lo * other.hi));
  }

  /** This times a double. */
  public DoubleDouble times(double factor) {
    double product = hi * factor;
    double error = Math.fma(hi, factor, -product);
    return fastSum(product, Math.fma(lo, factor, error));
  }

  /** This with the other sign. */
  public DoubleDouble negate() {
    return new DoubleDouble(-hi, -lo);
  }

  /** The nearest double. */
  public double toDouble() {
    return hi;
  }

  private static DoubleDouble fastSum(double large, double small) {
    double sum = large + small;
    return new DoubleDouble(sum, small - (sum - large));
  }

  /** What rounding took from x + y = sum. */
  private static double sumError(double x, double y, double sum) {
    double part = sum - x;
    return (x - (sum - part)) + (y - part);
  }
}
