package io.github.millrace.design.roots;

import io.github.millrace.design.Complex;
import java.util.Arrays;
import java.util.List;

/** Polynomials with real coefficients, highest power first. */
public final class Polynomial {

  private Polynomial() {}

  /** The monic polynomial with these roots, multiplied out one real factor at a time. */
  public static double[] fromRoots(List<Complex> roots) {
    ConjugatePairs pairs = ConjugatePairs.of(roots);
    double[] product = {1};
    for (Complex root : pairs.upper()) {
      product = times(product, quadratic(root, root.conjugate()));
    }
    for (Complex root : pairs.reals()) {
      product = times(product, new double[] {1, -root.re()});
    }
    return product;
  }

  /** The product of two polynomials. */
  public static double[] times(double[] left, double[] right) {
    double[] product = new double[left.length + right.length - 1];
    for (int i = 0; i < left.length; i++) {
      for (int j = 0; j < right.length; j++) {
        product[i + j] += left[i] * right[j];
      }
    }
    return product;
  }

  /** The monic quadratic with two real roots or a conjugate pair of roots. */
  public static double[] quadratic(Complex first, Complex second) {
    double product =
        first.isReal()
            ? first.re() * second.re()
            : first.re() * first.re() + first.im() * first.im();
    return new double[] {1, -(first.re() + second.re()), product};
  }

  /** The coefficients without leading zeros; empty for the zero polynomial. */
  public static double[] trimmed(double[] coefficients) {
    int first = 0;
    while (first < coefficients.length && coefficients[first] == 0) {
      first++;
    }
    return Arrays.copyOfRange(coefficients, first, coefficients.length);
  }

  /** The two roots of z^2 + b z + c; a conjugate pair is exactly conjugate. */
  public static List<Complex> quadraticRoots(double b, double c) {
    double half = -b / 2;
    double square = half * half;
    // The rounding error of the square is put back: close roots keep their digits.
    double discriminant = (square - c) + Math.fma(half, half, -square);
    if (discriminant < 0) {
      Complex root = new Complex(half, Math.sqrt(-discriminant));
      return List.of(root, root.conjugate());
    }
    double larger = half + Math.copySign(Math.sqrt(discriminant), half);
    double smaller = larger == 0 ? 0 : c / larger;
    return List.of(Complex.real(larger), Complex.real(smaller));
  }
}
