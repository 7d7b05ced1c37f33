package io.github.millrace.design.analog;

import io.github.millrace.design.Complex;
import io.github.millrace.design.Zpk;
import java.util.ArrayList;
import java.util.List;

/**
 * The analogue elliptic low-pass, by Landen transformations.
 *
 * <p>Source: S. J. Orfanidis, Lecture Notes on Elliptic Filter Design, 2006.
 */
public final class EllipticPrototype {

  private EllipticPrototype() {}

  /**
   * Zeros, poles and gain in the s plane.
   *
   * @param passLevel 10^(ripple / 10) - 1
   * @param stopLevel 10^(attenuation / 10) - 1
   */
  public static Zpk analog(int order, double passLevel, double stopLevel) {
    if (order == 1) {
      double pole = 1 / Math.sqrt(passLevel);
      return new Zpk(List.of(), List.of(Complex.real(-pole)), pole);
    }
    EllipticModulus ripple = EllipticModulus.ofSquare(passLevel / stopLevel);
    EllipticModulus selectivity = ripple.ofDegree(order);
    List<EllipticModulus> chain = selectivity.landenChain();
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
  private static Complex cd(List<EllipticModulus> chain, Complex u) {
    double angle = u.re() * Math.PI / 2;
    double depth = u.im() * Math.PI / 2;
    Complex w =
        new Complex(
            Math.sin(Math.PI / 2 * (1 - u.re())) * Math.cosh(depth),
            -Math.sin(angle) * Math.sinh(depth));
    for (EllipticModulus modulus : chain.reversed()) {
      Complex denominator = Complex.ONE.plus(w.times(w).times(modulus.k()));
      w = w.times(1 + modulus.k()).divide(denominator);
    }
    return w;
  }
}
