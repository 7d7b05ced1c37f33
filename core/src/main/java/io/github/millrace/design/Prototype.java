package io.github.millrace.design;

import io.github.millrace.design.analog.BesselPrototype;
import io.github.millrace.design.analog.EllipticPrototype;
import io.github.millrace.design.analog.FrequencyTransform;
import io.github.millrace.design.roots.Decibels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A family of classic filters: its analogue low-pass prototypes, with an edge at 1 rad/s. */
public sealed interface Prototype {

  /**
   * Zeros, poles and gain in the s plane of the prototype of this order.
   *
   * @throws IllegalArgumentException where the order is out of range
   */
  Zpk analog(int order);

  /** Short text, such as "butterworth" or "chebyshev1 1 dB". */
  String describe();

  /**
   * Checks that the family has this order.
   *
   * @throws IllegalArgumentException where it is below 1, odd for Linkwitz-Riley, or above 140 for
   *     Bessel
   */
  default void checkOrder(int order) {
    Checks.order(order);
  }

  /**
   * Maximally flat: 3 dB down at the cutoff.
   *
   * <p>Source: S. Butterworth, On the theory of filter amplifiers, 1930; SciPy's buttap.
   */
  record Butterworth() implements Prototype {
    @Override
    public Zpk analog(int order) {
      checkOrder(order);
      List<Complex> poles = new ArrayList<>();
      for (int m = 1 - order; m < order; m += 2) {
        poles.add(Complex.polar(1, Math.PI * m / (2 * order)).negate());
      }
      return new Zpk(List.of(), poles, 1);
    }

    @Override
    public String describe() {
      return "butterworth";
    }
  }

  /**
   * Equal ripple in the pass band, the edge where the ripple ends.
   *
   * <p>Source: A. Antoniou, Digital Signal Processing, 2006, section 10.4; SciPy's cheb1ap.
   *
   * @param rippleDb ripple of the pass band in dB, above 0
   */
  record Chebyshev1(double rippleDb) implements Prototype {

    /**
     * Checks the ripple.
     *
     * @throws IllegalArgumentException where the ripple is not finite and above 0 dB
     */
    public Chebyshev1 {
      Checks.positive("ripple", rippleDb, " dB");
    }

    @Override
    public Zpk analog(int order) {
      checkOrder(order);
      double epsilon = Math.sqrt(Decibels.powerMinusOne(rippleDb));
      List<Complex> poles = ellipse(order, asinh(1 / epsilon) / order);
      double gain = FrequencyTransform.product(negated(poles)).re();
      return new Zpk(List.of(), poles, order % 2 == 0 ? gain / Math.hypot(1, epsilon) : gain);
    }

    @Override
    public String describe() {
      return "chebyshev1 " + Checks.text(rippleDb) + " dB";
    }
  }

  /**
   * Flat pass band and equal ripple in the stop band, the edge where the attenuation is reached.
   *
   * <p>Source: A. Antoniou, Digital Signal Processing, 2006, section 10.5; SciPy's cheb2ap.
   *
   * @param attenuationDb attenuation of the stop band in dB, above 0
   */
  record Chebyshev2(double attenuationDb) implements Prototype {

    /**
     * Checks the attenuation.
     *
     * @throws IllegalArgumentException where the attenuation is not finite and above 0 dB
     */
    public Chebyshev2 {
      Checks.positive("attenuation", attenuationDb, " dB");
    }

    @Override
    public Zpk analog(int order) {
      checkOrder(order);
      double level = Math.sqrt(Decibels.powerMinusOne(attenuationDb));
      List<Complex> poles = ellipse(order, asinh(level) / order);
      poles.replaceAll(Complex::inverse);
      List<Complex> zeros = new ArrayList<>();
      for (int m = 1 - order; m < order; m += 2) {
        if (m != 0) {
          zeros.add(new Complex(0, 1 / Math.sin(Math.PI * m / (2 * order))));
        }
      }
      Complex gain =
          FrequencyTransform.product(negated(poles))
              .divide(FrequencyTransform.product(negated(zeros)));
      return new Zpk(zeros, poles, gain.re());
    }

    @Override
    public String describe() {
      return "chebyshev2 " + Checks.text(attenuationDb) + " dB";
    }
  }

  /**
   * Equal ripple in both bands: the steepest transition of its order.
   *
   * <p>Source: S. J. Orfanidis, Lecture Notes on Elliptic Filter Design, 2006.
   *
   * @param rippleDb ripple of the pass band in dB, above 0
   * @param attenuationDb attenuation of the stop band in dB, above the ripple
   */
  record Elliptic(double rippleDb, double attenuationDb) implements Prototype {

    /**
     * Checks ripple and attenuation.
     *
     * @throws IllegalArgumentException where a value is not finite and above 0 dB, or the
     *     attenuation is not above the ripple
     */
    public Elliptic {
      Checks.levels(rippleDb, attenuationDb);
    }

    @Override
    public Zpk analog(int order) {
      checkOrder(order);
      return EllipticPrototype.analog(
          order, Decibels.powerMinusOne(rippleDb), Decibels.powerMinusOne(attenuationDb));
    }

    @Override
    public String describe() {
      return "elliptic " + Checks.text(rippleDb) + " dB, " + Checks.text(attenuationDb) + " dB";
    }
  }

  /** What is 1 at the cutoff of a Bessel filter. */
  enum Norm {
    /** The phase at the cutoff is half of its final value; asymptotes as Butterworth. */
    PHASE,
    /** The group delay at 0 Hz is 1 / cutoff (of the prototype). */
    DELAY,
    /** 3 dB down at the cutoff. */
    MAG
  }

  /**
   * Maximally flat group delay of the prototype.
   *
   * <p>Source: W. E. Thomson, Delay networks having maximally flat frequency characteristics, 1949;
   * SciPy's besselap.
   *
   * @param norm what the cutoff means
   */
  record Bessel(Norm norm) implements Prototype {

    /** Checks that there is a norm. */
    public Bessel {
      Objects.requireNonNull(norm, "norm");
    }

    @Override
    public void checkOrder(int order) {
      Prototype.super.checkOrder(order);
      if (order > BesselPrototype.HIGHEST_ORDER) {
        throw new IllegalArgumentException(
            "order is "
                + order
                + ", expected at most "
                + BesselPrototype.HIGHEST_ORDER
                + " of a Bessel filter");
      }
    }

    @Override
    public Zpk analog(int order) {
      checkOrder(order);
      return BesselPrototype.analog(order, norm);
    }

    @Override
    public String describe() {
      return "bessel (" + norm.name().toLowerCase(Locale.ROOT) + ")";
    }
  }

  /**
   * Butterworth of half the order, applied twice: 6 dB down at the cutoff.
   *
   * <p>Source: S. H. Linkwitz, Active crossover networks for noncoincident drivers, 1976.
   */
  record LinkwitzRiley() implements Prototype {
    @Override
    public void checkOrder(int order) {
      if (order < 2 || order % 2 != 0) {
        throw new IllegalArgumentException(
            "order is " + order + ", a Linkwitz-Riley filter is of an even order of at least 2");
      }
      Checks.order(order);
    }

    @Override
    public Zpk analog(int order) {
      checkOrder(order);
      List<Complex> poles = new ArrayList<>(new Butterworth().analog(order / 2).poles());
      poles.addAll(List.copyOf(poles));
      return new Zpk(List.of(), poles, 1);
    }

    @Override
    public String describe() {
      return "linkwitz-riley";
    }
  }

  /** The poles -sinh(mu + i theta), evenly spread in theta. */
  private static List<Complex> ellipse(int order, double mu) {
    List<Complex> poles = new ArrayList<>();
    for (int m = 1 - order; m < order; m += 2) {
      double theta = Math.PI * m / (2 * order);
      poles.add(new Complex(-Math.sinh(mu) * Math.cos(theta), -Math.cosh(mu) * Math.sin(theta)));
    }
    return poles;
  }

  private static List<Complex> negated(List<Complex> roots) {
    List<Complex> result = new ArrayList<>(roots);
    Collections.reverse(result);
    result.replaceAll(Complex::negate);
    return result;
  }

  private static double asinh(double x) {
    return Math.log(x + Math.hypot(1, x));
  }
}
