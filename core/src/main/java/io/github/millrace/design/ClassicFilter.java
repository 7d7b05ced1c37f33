package io.github.millrace.design;

import io.github.millrace.design.analog.FrequencyTransform;
import java.util.List;
import java.util.Objects;

/**
 * A filter of one of the classic families in a band: the analogue prototype, moved to the band and
 * to the z plane by the bilinear transform with pre-warped edges, as SciPy's iirfilter.
 *
 * @param prototype the family and its ripples
 * @param order order of the low-pass prototype, at least 1; a bandpass or bandstop has twice as
 *     many poles
 * @param band kind and edges in Hz
 */
public record ClassicFilter(Prototype prototype, int order, Band band) implements IirDesign {

  /** The edge of a prototype in the s plane. */
  private static final Complex EDGE = new Complex(0, 1);

  /** Below this a double loses digits, and soon is 0. */
  private static final double SMALLEST_GAIN = 1e-300;

  /**
   * Checks the order.
   *
   * @throws IllegalArgumentException where the order is below 1, or odd for Linkwitz-Riley
   */
  public ClassicFilter {
    Objects.requireNonNull(prototype, "prototype");
    Objects.requireNonNull(band, "band");
    prototype.checkOrder(order);
  }

  /**
   * Zeros, poles and gain at a sample rate in Hz.
   *
   * @throws IllegalArgumentException where the rate is unknown (0), an edge is not below half of
   *     it, or the gain is too small for a double
   */
  public Zpk zpk(double sampleRate) {
    band.checkBelowNyquist(sampleRate);
    Zpk zpk = FrequencyTransform.digital(prototype.analog(order), band, sampleRate);
    if (Math.abs(zpk.gain()) < SMALLEST_GAIN) {
      throw new IllegalArgumentException(
          "gain of "
              + describe()
              + " is "
              + zpk.gain()
              + ", expected at least "
              + SMALLEST_GAIN
              + " in size: lower the order or widen the band");
    }
    return zpk;
  }

  @Override
  public Sos sos(double sampleRate) {
    return zpk(sampleRate).toSos();
  }

  /** The edges, which the bilinear transform takes from the prototype's at 1 rad/s. */
  @Override
  public List<Corner> corners(double sampleRate) {
    band.checkBelowNyquist(sampleRate);
    Zpk analog = prototype.analog(order);
    double decibels = decibels(Complex.real(analog.gain()));
    for (Complex zero : analog.zeros()) {
      decibels += decibels(EDGE.minus(zero));
    }
    for (Complex pole : analog.poles()) {
      decibels -= decibels(EDGE.minus(pole));
    }
    Corner low = new Corner(band.low(), decibels);
    return band.hasTwoEdges() ? List.of(low, new Corner(band.high(), decibels)) : List.of(low);
  }

  private static double decibels(Complex value) {
    return 20 * Math.log10(value.abs());
  }

  @Override
  public String describe() {
    return prototype.describe() + " " + band.describe() + ", order " + order;
  }
}
