package io.github.millrace.design;

import java.util.Arrays;
import java.util.function.Function;

/**
 * The frequency response of a filter at chosen frequencies: complex gain, magnitude, phase and
 * group delay.
 *
 * <p>Immutable. Sections are evaluated around z = 1 or z = -1, whichever is nearer, so that filters
 * with poles close to either keep their digits; products are scaled, so that neither deep stop
 * bands nor high orders underflow.
 *
 * <p>Source: A. V. Oppenheim and R. W. Schafer, Discrete-Time Signal Processing, 2010, section 5.1.
 */
public final class Response {

  private final double[] frequencies;
  private final Gain[] gains;

  private Response(double[] frequencies, Gain[] gains) {
    this.frequencies = frequencies;
    this.gains = gains;
  }

  /**
   * The response of a cascade.
   *
   * @param frequencies in Hz, each from 0 to half the sample rate
   * @param sampleRate in Hz
   * @throws IllegalArgumentException where the rate is unknown (0) or a frequency is out of range
   */
  public static Response of(Sos sos, double[] frequencies, double sampleRate) {
    return at(
        frequencies,
        sampleRate,
        point -> {
          Gain gain = Gain.ONE;
          for (int section = 0; section < sos.sections(); section++) {
            double[] row = sos.row(section);
            gain = gain.times(point.quadratic(row[0], row[1], row[2]));
            gain = gain.divide(point.quadratic(1, row[4], row[5]));
          }
          return gain;
        });
  }

  /**
   * The response of zeros, poles and a gain.
   *
   * @param frequencies in Hz, each from 0 to half the sample rate
   * @param sampleRate in Hz
   * @throws IllegalArgumentException where the rate is unknown (0) or a frequency is out of range
   */
  public static Response of(Zpk zpk, double[] frequencies, double sampleRate) {
    return at(
        frequencies,
        sampleRate,
        point -> {
          Gain gain = Gain.of(Complex.real(zpk.gain()), 0);
          for (int i = 0; i < Math.max(zpk.zeros().size(), zpk.poles().size()); i++) {
            gain = i < zpk.zeros().size() ? gain.times(point.root(zpk.zeros().get(i))) : gain;
            gain = i < zpk.poles().size() ? gain.divide(point.root(zpk.poles().get(i))) : gain;
          }
          return gain;
        });
  }

  /**
   * The response of a ratio of polynomials.
   *
   * @param frequencies in Hz, each from 0 to half the sample rate
   * @param sampleRate in Hz
   * @throws IllegalArgumentException where the rate is unknown (0) or a frequency is out of range
   */
  public static Response of(Tf tf, double[] frequencies, double sampleRate) {
    double[] b = tf.b();
    double[] a = tf.a();
    return at(frequencies, sampleRate, point -> point.polynomial(b).divide(point.polynomial(a)));
  }

  /**
   * The response of FIR taps.
   *
   * @param frequencies in Hz, each from 0 to half the sample rate
   * @param sampleRate in Hz
   * @throws IllegalArgumentException where the rate is unknown (0) or a frequency is out of range
   */
  public static Response of(double[] taps, double[] frequencies, double sampleRate) {
    double[] copy = taps.clone();
    return at(frequencies, sampleRate, point -> point.polynomial(copy));
  }

  /**
   * The response of a delay: magnitude 1 and linear phase.
   *
   * @param delayFrames below 0 for an advance
   * @param frequencies in Hz, each from 0 to half the sample rate
   * @param sampleRate in Hz
   * @throws IllegalArgumentException where the rate is unknown (0) or a frequency is out of range
   */
  public static Response ofDelay(double delayFrames, double[] frequencies, double sampleRate) {
    Response unit = of(new double[] {1}, frequencies, sampleRate);
    Arrays.setAll(
        unit.gains,
        i -> {
          // Whole turns are taken out before they are multiplied by 2 pi.
          double turns = Math.IEEEremainder(frequencies[i] * delayFrames, sampleRate) / sampleRate;
          return Gain.of(Complex.polar(1, 0 - 2 * Math.PI * turns), delayFrames);
        });
    return unit;
  }

  /**
   * The response of this filter followed by another.
   *
   * @throws IllegalArgumentException where the other response is at other frequencies
   */
  public Response then(Response next) {
    if (!Arrays.equals(frequencies, next.frequencies)) {
      throw new IllegalArgumentException(
          "the responses are at different frequencies, expected the same");
    }
    Gain[] product = new Gain[gains.length];
    Arrays.setAll(product, i -> gains[i].times(next.gains[i]));
    return new Response(frequencies, product);
  }

  /** A copy of the frequencies in Hz. */
  public double[] frequencies() {
    return frequencies.clone();
  }

  /** The complex gain at each frequency. */
  public Complex[] values() {
    return Arrays.stream(gains).map(Gain::value).toArray(Complex[]::new);
  }

  /** The magnitude in dB at each frequency; minus infinity at a zero, infinity at a pole. */
  public double[] magnitudeDb() {
    return Arrays.stream(gains).mapToDouble(Gain::decibels).toArray();
  }

  /**
   * The phase in radians, unwrapped: between neighbours it changes by at most pi, so the grid must
   * be fine enough for that to be true of the filter.
   */
  public double[] phase() {
    double[] phase = Arrays.stream(gains).mapToDouble(gain -> gain.mantissa().angle()).toArray();
    double turns = 0;
    double before = phase.length == 0 ? 0 : phase[0];
    for (int i = 1; i < phase.length; i++) {
      double wrapped = phase[i];
      turns -= Math.rint((wrapped - before) / (2 * Math.PI));
      before = wrapped;
      phase[i] = wrapped + 2 * Math.PI * turns;
    }
    return phase;
  }

  /**
   * The group delay in frames; 0 where the gain is 0 or infinite and no delay exists, as in SciPy's
   * group_delay.
   */
  public double[] groupDelay() {
    return Arrays.stream(gains)
        .mapToDouble(gain -> Double.isFinite(gain.delay()) ? gain.delay() : 0)
        .toArray();
  }

  private static Response at(
      double[] frequencies, double sampleRate, Function<Point, Gain> filter) {
    Checks.sampleRate(sampleRate);
    Gain[] gains = new Gain[frequencies.length];
    for (int i = 0; i < gains.length; i++) {
      double frequency = frequencies[i];
      if (!(frequency >= 0 && frequency <= sampleRate / 2)) {
        throw new IllegalArgumentException(
            "frequency is " + frequency + " Hz, expected 0 to " + sampleRate / 2 + " Hz");
      }
      gains[i] = filter.apply(Point.of(Math.PI * (frequency / sampleRate)));
    }
    return new Response(frequencies.clone(), gains);
  }

  /**
   * A complex gain as mantissa times 2^exponent, with its group delay.
   *
   * @param mantissa its larger part between 1 and 2 in modulus, or 0
   * @param exponent power of two
   * @param delay group delay in frames; NaN where the gain is 0 or infinite
   */
  private record Gain(Complex mantissa, int exponent, double delay) {

    static final Gain ONE = new Gain(Complex.ONE, 0, 0);

    static Gain of(Complex value, double delay) {
      double larger = Math.max(Math.abs(value.re()), Math.abs(value.im()));
      if (larger == 0 || !value.isFinite()) {
        return new Gain(value, 0, Double.NaN);
      }
      int exponent = Math.getExponent(larger);
      return new Gain(scaled(value, -exponent), exponent, delay);
    }

    Gain times(Gain other) {
      if (!mantissa.isFinite() || !other.mantissa.isFinite()) {
        return mantissa.isFinite() ? other : this;
      }
      return of(mantissa.times(other.mantissa), delay + other.delay)
          .raised(exponent + other.exponent);
    }

    Gain divide(Gain other) {
      if (!mantissa.isFinite()) {
        return this;
      }
      if (other.mantissa.abs() == 0) {
        double limit = mantissa.abs() == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
        return new Gain(Complex.real(limit), 0, Double.NaN);
      }
      return of(mantissa.divide(other.mantissa), delay - other.delay)
          .raised(exponent - other.exponent);
    }

    Complex value() {
      return scaled(mantissa, exponent);
    }

    double decibels() {
      return 20 * (Math.log10(mantissa.abs()) + exponent * Math.log10(2));
    }

    private Gain raised(int powers) {
      return new Gain(mantissa, exponent + powers, delay);
    }

    private static Complex scaled(Complex value, int exponent) {
      return new Complex(Math.scalb(value.re(), exponent), Math.scalb(value.im(), exponent));
    }
  }

  /**
   * A point z on the unit circle at angle 2 h.
   *
   * @param sin sine of h
   * @param cos cosine of h
   */
  private record Point(double sin, double cos) {

    static Point of(double half) {
      return new Point(Math.sin(half), Math.cos(half));
    }

    Complex z() {
      return new Complex((cos - sin) * (cos + sin), 2 * sin * cos);
    }

    /** z (c0 + c1 / z + c2 / z^2): the z before it cancels between numerator and denominator. */
    Gain quadratic(double c0, double c1, double c2) {
      double real =
          sin < cos
              ? Sos.atOne(c0, c1, c2) - 2 * (c0 + c2) * sin * sin
              : 2 * (c0 + c2) * cos * cos - Sos.atOne(c0, -c1, c2);
      Complex value = new Complex(real, (c0 - c2) * 2 * sin * cos);
      Complex z = z();
      Complex slope = new Complex((c2 - c0) * z.re(), -(c0 + c2) * z.im());
      return Gain.of(value, slope.divide(value).re());
    }

    /** z - root. */
    Gain root(Complex root) {
      double real = sin < cos ? (1 - root.re()) - 2 * sin * sin : 2 * cos * cos - (1 + root.re());
      Complex value = new Complex(real, 2 * sin * cos - root.im());
      return Gain.of(value, -z().divide(value).re());
    }

    /** c[0] + c[1] / z + c[2] / z^2 + ... */
    Gain polynomial(double[] c) {
      Complex inverse = z().conjugate();
      Complex sum = Complex.ZERO;
      Complex moment = Complex.ZERO;
      for (int k = c.length - 1; k >= 0; k--) {
        sum = sum.times(inverse).plus(Complex.real(c[k]));
        moment = moment.times(inverse).plus(Complex.real(k * c[k]));
      }
      return Gain.of(sum, moment.divide(sum).re());
    }
  }
}
