package io.github.millrace.design;

import java.util.ArrayList;
import java.util.List;

/**
 * The analogue elliptic low-pass, by Landen transformations.
 *
 * <p>Source: S. J. Orfanidis, Lecture Notes on Elliptic Filter Design, 2006; the theta series for
 * the degree equation from Abramowitz and Stegun, Handbook of Mathematical Functions, 16.38 and
 * 17.3. Moduli are kept with their complements, each to full relative precision: at high orders the
 * modulus is so near 1 that its distance from 1 would be lost.
 */
final class EllipticPrototype {

  private EllipticPrototype() {}

  /**
   * Zeros, poles and gain in the s plane.
   *
   * @param passLevel 10^(ripple / 10) - 1
   * @param stopLevel 10^(attenuation / 10) - 1
   */
  static Zpk analog(int order, double passLevel, double stopLevel) {
    if (order == 1) {
      double pole = 1 / Math.sqrt(passLevel);
      return new Zpk(List.of(), List.of(Complex.real(-pole)), pole);
    }
    Modulus ripple = Modulus.ofSquare(passLevel / stopLevel);
    Modulus selectivity = ripple.ofDegree(order);
    List<Modulus> chain = selectivity.landenChain();
    double damping = ripple.inverseSn(1 / Math.sqrt(passLevel)) / order;
    List<Complex> zeros = new ArrayList<>();
    List<Complex> poles = new ArrayList<>();
    double gain = order % 2 == 0 ? 1 / Math.sqrt(1 + passLevel) : 1;
    for (int i = 1; i <= order / 2; i++) {
      double u = (2 * i - 1.0) / order;
      double zero = 1 / (selectivity.k() * cd(chain, new Complex(u, 0)).re());
      Complex position = cd(chain, new Complex(u, -damping));
      Complex pole = new Complex(-Math.abs(position.im()), position.re());
      zeros.add(new Complex(0, zero));
      zeros.add(new Complex(0, -zero));
      poles.add(pole);
      poles.add(pole.conjugate());
      double ratio = pole.abs() / zero;
      gain *= ratio * ratio;
    }
    if (order % 2 == 1) {
      double pole = cd(chain, new Complex(1, -damping)).im();
      poles.add(Complex.real(-Math.abs(pole)));
      gain *= Math.abs(pole);
    }
    return new Zpk(zeros, poles, gain);
  }

  /** cd(u K, k) by ascending from the modulus 0, where it is cos(u pi / 2). */
  private static Complex cd(List<Modulus> chain, Complex u) {
    double angle = u.re() * Math.PI / 2;
    double depth = u.im() * Math.PI / 2;
    Complex w =
        new Complex(
            Math.sin(Math.PI / 2 * (1 - u.re())) * Math.cosh(depth),
            -Math.sin(angle) * Math.sinh(depth));
    for (Modulus modulus : chain.reversed()) {
      Complex denominator = Complex.ONE.plus(w.times(w).times(modulus.k()));
      w = w.times(1 + modulus.k()).divide(denominator);
    }
    return w;
  }

  /**
   * An elliptic modulus and its complement: squares sum to 1.
   *
   * @param k the modulus, above 0
   * @param complement the complementary modulus
   */
  private record Modulus(double k, double complement) {

    static Modulus ofSquare(double square) {
      return new Modulus(Math.sqrt(square), Math.sqrt(1 - square));
    }

    Modulus swapped() {
      return new Modulus(complement, k);
    }

    /** pi K'(k) / K(k), minus the logarithm of the nome: both integrals are pi / 2 over a mean. */
    double logNome() {
      return -Math.PI * mean(1, complement) / mean(1, k);
    }

    /** The modulus k of the degree equation n K'(k) / K(k) = K'(k1) / K(k1), where this is k1. */
    Modulus ofDegree(int order) {
      double log = logNome() / order;
      // The series converge fast below exp(-pi); above, the complementary nome is below it.
      return log < -Math.PI ? ofLogNome(log) : ofLogNome(Math.PI * Math.PI / log).swapped();
    }

    private static Modulus ofLogNome(double log) {
      double odd = 1;
      double even = 0.5;
      for (int n = 1; n <= 6; n++) {
        odd += Math.exp(log * n * (n + 1));
        even += Math.exp(log * n * n);
      }
      double root = odd / even;
      double k = Math.exp(log / 2) * root * root;
      return new Modulus(k, Math.sqrt((1 - k) * (1 + k)));
    }

    /** The moduli after each descending Landen step, down to 0. */
    List<Modulus> landenChain() {
      List<Modulus> chain = new ArrayList<>();
      Modulus modulus = this;
      while (modulus.k > 1e-17) {
        modulus = modulus.landen();
        chain.add(modulus);
      }
      return chain;
    }

    private Modulus landen() {
      double ratio = k / (1 + complement);
      return new Modulus(ratio * ratio, 2 * Math.sqrt(complement) / (1 + complement));
    }

    /** v with sn(i v K, k) = i y. */
    double inverseSn(double y) {
      Modulus modulus = this;
      double w = y;
      while (modulus.k > 1e-17) {
        Modulus next = modulus.landen();
        w = 2 * w / ((1 + next.k) * (1 + Math.hypot(1, modulus.k * w)));
        modulus = next;
      }
      return 2 / Math.PI * Math.log(w + Math.hypot(1, w));
    }

    private static double mean(double a, double b) {
      while (Math.abs(a - b) > 1e-15 * a) {
        double geometric = Math.sqrt(a * b);
        a = (a + b) / 2;
        b = geometric;
      }
      return (a + b) / 2;
    }
  }
}
