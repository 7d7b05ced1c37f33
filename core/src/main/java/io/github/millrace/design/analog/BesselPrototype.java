package io.github.millrace.design.analog;

import io.github.millrace.design.Complex;
import io.github.millrace.design.Prototype;
import io.github.millrace.design.Zpk;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The poles of Bessel filters: the inverses of the roots of the Bessel polynomials.
 *
 * <p>Sources: the starting points of R. G. Campos and M. L. Calderon, Approximate closed-form
 * formulas for the zeros of the Bessel polynomials, 2012; the simultaneous iteration of O. Aberth,
 * Mathematics of Computation 27, 1973.
 */
public final class BesselPrototype {

  /** Above 142 the gains, up to (2 order - 1)!!, overflow a double on the way to the z plane. */
  public static final int HIGHEST_ORDER = 140;

  private static final int MAX_ITERATIONS = 100;

  private BesselPrototype() {}

  /** Zeros, poles and gain in the s plane. */
  public static Zpk analog(int order, Prototype.Norm norm) {
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
        return withConjugates(upper).stream().map(Complex::inverse).toList();
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
   * y(x) / y'(x) of the Bessel polynomial, by y_n = (2n - 1) x y_(n-1) + y_(n-2) and x^2 y_n' = (n
   * x - 1) y_n + y_(n-1).
   *
   * <p>Near a root of order n the recurrence cancels about n / 2 decimal digits, which double
   * cannot spare.
   */
  private static Complex newtonStep(Complex x, int order) {
    int bits = 64 + 4 * order;
    Fixed root = Fixed.of(x, bits);
    Fixed before = Fixed.of(Complex.ONE, bits);
    Fixed value = root.plus(before);
    for (int k = 2; k <= order; k++) {
      Fixed next = root.times(value, bits).times(2L * k - 1).plus(before);
      before = value;
      value = next;
    }
    Complex ratio = value.scaled().divide(before.scaled());
    Complex slope = x.times(order).minus(Complex.ONE).times(ratio).plus(Complex.ONE);
    return x.times(x).times(ratio).divide(slope);
  }

  /** The approximate roots with an imaginary part of at least 0. */
  private static List<Complex> startingPoints(int order) {
    if (order == 1) {
      return new ArrayList<>(List.of(Complex.real(-1)));
    }
    double n = order;
    double s = n * n * (2 + n * n * (n - 3));
    double b3 = (16 - 8 * n) / s;
    double b2 = (-24 - 12 * n + 12 * n * n) / s;
    double b1 = (8 + 24 * n - 12 * n * n - 2 * n * n * n) / s;
    double b0 = (-6 * n + 5 * n * n * n - n * n * n * n) / s;
    double r = n * n * (2 + n);
    List<Complex> points = new ArrayList<>();
    for (int k = 1; k <= (order + 1) / 2; k++) {
      double x = 6 * k * (k - 1 - n) / r;
      double y = b0 + k * (b1 + k * (b2 + k * b3));
      points.add(new Complex(x, 2 * k == order + 1 ? 0 : Math.abs(y)));
    }
    return points;
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

  /**
   * A complex number in fixed point.
   *
   * @param re real part, times 2^bits
   * @param im imaginary part, times 2^bits
   */
  private record Fixed(BigInteger re, BigInteger im) {

    static Fixed of(Complex z, int bits) {
      return new Fixed(of(z.re(), bits), of(z.im(), bits));
    }

    private static BigInteger of(double x, int bits) {
      int exponent = Math.getExponent(x);
      return BigInteger.valueOf((long) Math.scalb(x, 52 - exponent))
          .shiftLeft(bits - 52 + exponent);
    }

    Fixed plus(Fixed other) {
      return new Fixed(re.add(other.re), im.add(other.im));
    }

    Fixed times(long factor) {
      BigInteger scale = BigInteger.valueOf(factor);
      return new Fixed(re.multiply(scale), im.multiply(scale));
    }

    Fixed times(Fixed other, int bits) {
      return new Fixed(
          re.multiply(other.re).subtract(im.multiply(other.im)).shiftRight(bits),
          re.multiply(other.im).add(im.multiply(other.re)).shiftRight(bits));
    }

    /** This number times 2^bits. */
    Complex scaled() {
      return new Complex(re.doubleValue(), im.doubleValue());
    }
  }
}
