package io.github.millrace.stage;

import io.github.millrace.design.Band;
import io.github.millrace.design.Biquad;
import io.github.millrace.design.ClassicFilter;
import io.github.millrace.design.IirDesign;
import io.github.millrace.design.Notch;
import io.github.millrace.design.Prototype;
import io.github.millrace.design.ResonantPeak;
import io.github.millrace.design.Tf;
import io.github.millrace.signal.StreamFormat;
import java.util.Objects;

/**
 * A recursive filter given in Hz; it becomes a cascade of second-order sections for the stream's
 * own rate.
 *
 * @param design the recipe
 */
public record Iir(IirDesign design) implements Stage {

  private static final double MOST_ERROR_DB = 0.1;

  /** Checks that the recipe is there. */
  public Iir {
    Objects.requireNonNull(design, "design");
  }

  /**
   * A Butterworth filter of this order (the prototype's: a band filter has twice as many poles).
   */
  public static Iir butterworth(int order, Band band) {
    return new Iir(new ClassicFilter(new Prototype.Butterworth(), order, band));
  }

  /**
   * A Chebyshev filter with ripple in the pass band, as SciPy's cheby1.
   *
   * @param rippleDb ripple of the pass band in dB, above 0
   */
  public static Iir chebyshev1(int order, double rippleDb, Band band) {
    return new Iir(new ClassicFilter(new Prototype.Chebyshev1(rippleDb), order, band));
  }

  /**
   * A Chebyshev filter with ripple in the stop band, as SciPy's cheby2.
   *
   * @param attenuationDb attenuation of the stop band in dB, above 0; the band's edge is where it
   *     is reached
   */
  public static Iir chebyshev2(int order, double attenuationDb, Band band) {
    return new Iir(new ClassicFilter(new Prototype.Chebyshev2(attenuationDb), order, band));
  }

  /**
   * An elliptic filter, as SciPy's ellip.
   *
   * @param rippleDb ripple of the pass band in dB, above 0
   * @param attenuationDb attenuation of the stop band in dB, above the ripple
   */
  public static Iir elliptic(int order, double rippleDb, double attenuationDb, Band band) {
    return new Iir(new ClassicFilter(new Prototype.Elliptic(rippleDb, attenuationDb), order, band));
  }

  /** A Bessel filter of SciPy's default norm: the phase is half of its final value at the edge. */
  public static Iir bessel(int order, Band band) {
    return bessel(order, band, Prototype.Norm.PHASE);
  }

  /** A Bessel filter, as SciPy's bessel. */
  public static Iir bessel(int order, Band band, Prototype.Norm norm) {
    return new Iir(new ClassicFilter(new Prototype.Bessel(norm), order, band));
  }

  /**
   * A Linkwitz-Riley filter: Butterworth of half the order, twice, 6 dB down at the cutoff.
   *
   * @param order even, at least 2
   */
  public static Iir linkwitzRiley(int order, Band band) {
    return new Iir(new ClassicFilter(new Prototype.LinkwitzRiley(), order, band));
  }

  /**
   * A notch, as SciPy's iirnotch.
   *
   * @param frequency the frequency removed, in Hz
   * @param q quality factor: frequency / bandwidth, above 0
   */
  public static Iir notch(double frequency, double q) {
    return new Iir(new Notch(frequency, q));
  }

  /**
   * A resonator, as SciPy's iirpeak.
   *
   * @param frequency the frequency passed, in Hz
   * @param q quality factor: frequency / bandwidth, above 0
   */
  public static Iir peak(double frequency, double q) {
    return new Iir(new ResonantPeak(frequency, q));
  }

  /** A section of the audio equaliser cookbook without a gain of its own; see {@link Biquad}. */
  public static Iir biquad(Biquad.Kind kind, double frequency, double q) {
    return biquad(kind, frequency, q, 0);
  }

  /** A section of the audio equaliser cookbook; see {@link Biquad}. */
  public static Iir biquad(Biquad.Kind kind, double frequency, double q, double gainDb) {
    return new Iir(new Biquad(kind, frequency, q, gainDb));
  }

  /**
   * A filter by the coefficients of its transfer function, as SciPy's lfilter takes them, for
   * streams of any rate: it becomes second-order sections, which keep their digits where the
   * coefficients of a high order would lose them.
   *
   * @param b numerator in powers of 1/z, at least one coefficient
   * @param a denominator, its first coefficient not 0; everything is divided by it
   * @throws IllegalArgumentException where a coefficient is not finite, or the sections are more
   *     than 0.1 dB off, as for high orders at low cutoffs
   */
  public static SosCascade of(double[] b, double[] a) {
    return new SosCascade(Tf.of(b, a).toSosWithin(MOST_ERROR_DB));
  }

  @Override
  public StreamFormat output(StreamFormat in) {
    return Stage.requireTime(this, in);
  }

  @Override
  public SosCascade lower(StreamFormat in) {
    return new SosCascade(design.sos(Stage.requireRate(this, in)));
  }

  @Override
  public String describe() {
    return design.describe();
  }
}
