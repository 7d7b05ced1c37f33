package io.github.millrace.design;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The poles of Bessel filters: the roots of the reverse Bessel polynomials.
 *
 * <p>Sources: the starting points of R. G. Campos and M. L. Calderon, Approximate closed-form
 * formulas for the zeros of the Bessel polynomials, 2012; the simultaneous iteration of O. Aberth,
 * Mathematics of Computation 27, 1973.
 */
final class BesselPrototype {

  private static final int MAX_ITERATIONS = 100;

  private BesselPrototype() {}

  /** Zeros, poles and gain in the s plane. */
  static Zpk analog(int order, Prototype.Norm norm) {
    List<Complex> poles = poles(order);
    double last = 1;
    for (int odd = 3; odd < 2 * order; odd += 2) {
      last *= odd;
    }
    return switch (norm) {
      case DELAY -> new Zpk(List.of(), poles, last);
      case PHASE -> scaled(poles, Math.pow(10, -Math.log10(last) / order), 1);
      case MAG -> {
        double edge = halfPowerFrequency(poles, last);
        yield scaled(poles, 1 / edge, Math.pow(edge, -order) * last);
      }
    };
  }

  private static Zpk scaled(List<Complex> poles, double factor, double gain) {
    return new Zpk(List.of(), poles.stream().map(pole -> pole.times(factor)).toList(), gain);
  }

  private static List<Complex> poles(int order) {
    List<Complex> upper = startingPoints(order);
    for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      if (improve(upper, order) < 4 * Math.ulp(1.0)) {
        return withConjugates(upper);
      }
    }
    throw new IllegalStateException(
        "the poles of the Bessel filter of order " + order + " did not converge");
  }

  /** One pass over all roots; returns the largest relative step. */
  private static double improve(List<Complex> upper, int order) {
    double largest = 0;
    for (int i = 0; i < upper.size(); i++) {
      Complex root = upper.get(i);
      Complex newton = newtonStep(root, order);
      Complex repulsion = Complex.ZERO;
      for (Complex other : withConjugates(upper)) {
        if (!other.equals(root)) {
          repulsion = repulsion.plus(root.minus(other).inverse());
        }
      }
      Complex step = newton.divide(Complex.ONE.minus(newton.times(repulsion)));
      // The root on the real axis stays there: the conjugates' rounding must not lift it.
      upper.set(i, root.isReal() ? Complex.real(root.re() - step.re()) : root.minus(step));
      largest = Math.max(largest, step.abs() / root.abs());
    }
    return largest;
  }

  /**
   * f(s) / f'(s) of the reverse Bessel polynomial, by its three-term recurrence and f_n' = f_n - s
   * f_(n-1).
   *
   * <p>Near a root of order n the recurrence cancels about n / 2 digits, which double cannot spare.
   */
  private static Complex newtonStep(Complex s, int order) {
    MathContext digits = new MathContext(24 + order);
    Exact square = Exact.of(s).times(Exact.of(s), digits);
    Exact before = Exact.of(Complex.ONE);
    Exact value = Exact.of(s).plus(before, digits);
    for (int k = 2; k <= order; k++) {
      Exact next =
          value
              .times(BigDecimal.valueOf(2L * k - 1), digits)
              .plus(square.times(before, digits), digits);
      before = value;
      value = next;
    }
    Complex ratio = value.divide(before, digits);
    return ratio.divide(ratio.minus(s));
  }

  /** The roots with an imaginary part of at least 0. */
  private static List<Complex> startingPoints(int order) {
    double n = order;
    double s = n * n * (2 + n * n * (n - 3));
    double b3 = (16 - 8 * n) / s;
    double b2 = (-24 - 12 * n + 12 * n * n) / s;
    double b1 = (8 + 24 * n - 12 * n * n - 2 * n * n * n) / s;
    double b0 = (-6 * n + 5 * n * n * n - n * n * n * n) / s;
    double r = n * n * (2 + n);
    List<Complex> points = new ArrayList<>();
    if (order % 2 == 1) {
      points.add(order == 1 ? Complex.real(-1) : realStart(n, r));
    }
    for (int k = 1; k <= order / 2; k++) {
      double x = (-6 - 6 * n) / r * k + 6 / r * k * k;
      double y = b0 + k * (b1 + k * (b2 + k * b3));
      Complex point = new Complex(x, y).inverse();
      points.add(new Complex(point.re(), Math.abs(point.im())));
    }
    return points;
  }

  private static Complex realStart(double n, double r) {
    double k = (n + 1) / 2;
    return Complex.real(1 / ((-6 - 6 * n) / r * k + 6 / r * k * k));
  }

  private static List<Complex> withConjugates(List<Complex> upper) {
    List<Complex> all = new ArrayList<>(upper);
    upper.stream().filter(root -> !root.isReal()).map(Complex::conjugate).forEach(all::add);
    return all;
  }

  /**
   * Where the gain falls to 1 / sqrt(2): the secant method from 1.5 to a step of 1.48e-8, with the
   * starting step of SciPy's newton.
   *
   * <p>The last step leaves 3e-14 of error at order 24. A user who compares with SciPy sees none of
   * it, because the same steps leave the same error.
   */
  private static double halfPowerFrequency(List<Complex> poles, double last) {
    double before = 1.5;
    double point = before * (1 + 1e-4) + 1e-4;
    if (Math.abs(excessGain(poles, last, point)) >= Math.abs(excessGain(poles, last, before))) {
      double swap = point;
      point = before;
      before = swap;
    }
    for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      double value = excessGain(poles, last, point);
      double slope = (value - excessGain(poles, last, before)) / (point - before);
      before = point;
      point -= slope == 0 ? 0 : value / slope;
      if (Math.abs(point - before) <= 1.48e-8) {
        return point;
      }
    }
    throw new IllegalStateException("the 3 dB point of a Bessel filter did not converge");
  }

  private static double excessGain(List<Complex> poles, double last, double w) {
    Complex product = Complex.ONE;
    for (Complex pole : poles) {
      product = product.times(new Complex(-pole.re(), w - pole.im()));
    }
    return last / product.abs() - Math.sqrt(0.5);
  }

  /** A complex number in decimal arithmetic of chosen precision. */
  private record Exact(BigDecimal re, BigDecimal im) {

    static Exact of(Complex z) {
      return new Exact(new BigDecimal(z.re()), new BigDecimal(z.im()));
    }

    Exact plus(Exact other, MathContext digits) {
      return new Exact(re.add(other.re, digits), im.add(other.im, digits));
    }

    Exact times(BigDecimal factor, MathContext digits) {
      return new Exact(re.multiply(factor, digits), im.multiply(factor, digits));
    }

    Exact times(Exact other, MathContext digits) {
      return new Exact(
          re.multiply(other.re, digits).subtract(im.multiply(other.im, digits), digits),
          re.multiply(other.im, digits).add(im.multiply(other.re, digits), digits));
    }

    Complex divide(Exact other, MathContext digits) {
      BigDecimal square =
          other.re.multiply(other.re, digits).add(other.im.multiply(other.im, digits), digits);
      Exact product = times(new Exact(other.re, other.im.negate()), digits);
      return new Complex(
          product.re.divide(square, digits).doubleValue(),
          product.im.divide(square, digits).doubleValue());
    }
  }
}
