package io.github.millrace.design;

import io.github.millrace.design.roots.Polynomial;
import io.github.millrace.design.roots.PolynomialRoots;
import java.util.Arrays;
import java.util.List;

/**
 * A transfer function as polynomials in 1/z: b[0] + b[1] z^-1 + ... over a[0] + a[1] z^-1 + ...
 *
 * <p>Immutable, equal by value. High orders in this form lose accuracy: prefer {@link Sos}.
 */
public final class Tf {

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

  /** Second-order sections: {@link #toZpk()}, paired as {@link Sos#fromZpk}. */
  public Sos toSos() {
    return toZpk().toSos();
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
