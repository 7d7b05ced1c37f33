package io.github.millrace.design;

import io.github.millrace.design.roots.Polynomial;
import io.github.millrace.design.roots.PolynomialRoots;
import io.github.millrace.design.roots.SectionPairing;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A transfer function as polynomials in 1/z: b[0] + b[1] z^-1 + ... over a[0] + a[1] z^-1 + ...
 *
 * <p>Immutable, equal by value. High orders in this form lose accuracy: prefer {@link Sos}.
 */
public final class Tf {

  private static final int CHECKED = 1_024;
  private static final double FAINT = 1e-5;

  private final double[] b;
  private final double[] a;

  private Tf(double[] b, double[] a) {
    this.b = b;
    this.a = a;
  }

  /**
   * The transfer function with these coefficients, copied.
   *
   * @param b numerator, at least one coefficient
   * @param a denominator, its first coefficient not 0
   * @throws IllegalArgumentException where one is empty, a[0] is 0 or a coefficient is not finite
   */
  public static Tf of(double[] b, double[] a) {
    if (b.length == 0 || a.length == 0) {
      throw new IllegalArgumentException(
          "b has " + b.length + " and a has " + a.length + " coefficients, expected at least 1");
    }
    if (a[0] == 0) {
      throw new IllegalArgumentException("a[0] is 0, expected another value");
    }
    for (double coefficient : b) {
      Checks.finite("coefficient of b", coefficient, "");
    }
    for (double coefficient : a) {
      Checks.finite("coefficient of a", coefficient, "");
    }
    return new Tf(b.clone(), a.clone());
  }

  /** A copy of the numerator. */
  public double[] b() {
    return b.clone();
  }

  /** A copy of the denominator. */
  public double[] a() {
    return a.clone();
  }

  /** Zeros, poles and gain, the roots as the eigenvalues of companion matrices. */
  public Zpk toZpk() {
    int size = Math.max(b.length, a.length);
    double[] numerator = Polynomial.trimmed(Arrays.copyOf(b, size));
    double gain = numerator.length == 0 ? 0 : numerator[0] / a[0];
    List<Complex> zeros = numerator.length == 0 ? List.of() : PolynomialRoots.of(numerator);
    return new Zpk(zeros, PolynomialRoots.of(Arrays.copyOf(a, size)), gain);
  }

  /**
   * Second-order sections: {@link #toZpk()}, paired as {@link Sos#fromZpk}. Leading zeros of b, a
   * delay that SciPy's tf2sos drops, are kept.
   */
  public Sos toSos() {
    return sections(toZpk());
  }

  private Sos sections(Zpk zpk) {
    double[][] rows = SectionPairing.rows(zpk);
    SectionPairing.delay(rows, b.length - Polynomial.trimmed(b).length);
    return Sos.of(rows);
  }

  /**
   * Second-order sections that are known to do the same: at 1,025 frequencies, and at those of the
   * poles, their complex gain is that of the coefficients wherever it is within 100 dB of the peak.
   *
   * <p>The roots of a polynomial of high order, or of one whose roots crowd, can be far off however
   * they are found: the coefficients themselves then no longer hold the filter.
   *
   * @param db how far the gain may be off, in dB
   * @throws IllegalArgumentException where it is further off; the message says where and how much
   */
  public Sos toSosWithin(double db) {
    Zpk zpk = toZpk();
    Sos sos = sections(zpk);
    double[] frequencies =
        DoubleStream.concat(
                IntStream.rangeClosed(0, CHECKED).mapToDouble(i -> (double) i / CHECKED),
                zpk.poles().stream().mapToDouble(pole -> Math.abs(pole.angle()) / Math.PI))
            .sorted()
            .toArray();
    Complex[] expected = Response.of(this, frequencies, 2).values();
    Complex[] actual = Response.of(sos, frequencies, 2).values();
    double peak =
        Arrays.stream(expected).filter(Complex::isFinite).mapToDouble(Complex::abs).max().orElse(0);
    for (int i = 0; i < frequencies.length; i++) {
      double error = 20 * Math.log10(1 + actual[i].minus(expected[i]).abs() / expected[i].abs());
      if (expected[i].abs() > FAINT * peak && error > db) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "a transfer function of order %d is %.3g dB off as second-order sections at %.4g"
                    + " of half the sample rate, expected at most %.3g dB: its coefficients are too"
                    + " ill-conditioned, design the filter as sections (sos)",
                Math.max(b.length, a.length) - 1,
                error,
                frequencies[i],
                db));
      }
    }
    return sos;
  }

  /** Whether the other object is a transfer function with the same coefficients. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Tf tf && Arrays.equals(b, tf.b) && Arrays.equals(a, tf.a);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(b) + Arrays.hashCode(a);
  }

  @Override
  public String toString() {
    return "Tf[b=" + Arrays.toString(b) + ", a=" + Arrays.toString(a) + "]";
  }
}
