package io.github.millrace.design.fir;

import io.github.millrace.design.Band;
import java.util.List;

/**
 * Designs of linear-phase FIR filters; each returns the taps, that is the impulse response.
 *
 * <p>Taps are symmetric (antisymmetric for {@link #differentiator} and {@link #hilbert}) to the
 * last bit, so the delay is exactly (taps - 1) / 2 frames. All methods are pure, for any thread,
 * and throw {@link IllegalArgumentException} for an argument out of its range.
 */
public final class FirTaps {
  private FirTaps() {}

  /**
   * Window method: the ideal response cut off by a window and scaled to gain 1, as SciPy's {@code
   * firwin}; the edges have gain 1/2.
   *
   * @param band what to pass; its edges must lie below half the sample rate
   * @param taps number of taps, at least 1; odd for a high-pass or a bandstop
   * @param window the window
   * @param sampleRate frames per second
   */
  public static double[] windowed(Band band, int taps, Window window, double sampleRate) {
    band.checkBelowNyquist(sampleRate);
    return windowed(PassBands.of(band), taps, window, sampleRate);
  }

  /**
   * Window method with any number of bands, as SciPy's {@code firwin}; the gain is exactly 1 at 0
   * Hz where that is passed, else at half the sample rate where that ends the lowest pass band,
   * else at the centre of the lowest pass band.
   *
   * @param bands what to pass; the edges must lie below half the sample rate
   * @param taps number of taps, at least 1; odd where half the sample rate is passed
   * @param window the window
   * @param sampleRate frames per second
   */
  public static double[] windowed(PassBands bands, int taps, Window window, double sampleRate) {
    FirChecks.taps(taps);
    double[] bounds = bands.normalised(sampleRate);
    if (bands.passNyquist()) {
      FirChecks.oddForNyquist(taps);
    }
    double[] ideal = idealResponse(bounds, taps);
    double[] shape = window.symmetric(taps);
    for (int n = 0; n < taps; n++) {
      ideal[n] *= shape[n];
    }
    return scaledToUnitGain(ideal, scaleFrequency(bounds[0], bounds[1]));
  }

  private static double[] idealResponse(double[] bounds, int taps) {
    double[] response = new double[taps];
    for (int n = 0; n < (taps + 1) / 2; n++) {
      double t = n - 0.5 * (taps - 1);
      double sum = 0;
      for (int band = 0; band < bounds.length; band += 2) {
        sum += idealLowpass(bounds[band + 1], t) - idealLowpass(bounds[band], t);
      }
      response[n] = sum;
      response[taps - 1 - n] = sum;
    }
    return response;
  }

  /** Impulse response at time t of the ideal low-pass with this cutoff (fraction of Nyquist). */
  private static double idealLowpass(double cutoff, double t) {
    return t == 0 ? cutoff : Math.sin(Math.PI * (cutoff * t)) / (Math.PI * t);
  }

  private static double scaleFrequency(double low, double high) {
    if (low == 0) {
      return 0;
    }
    return high == 1 ? 1 : 0.5 * (low + high);
  }

  private static double[] scaledToUnitGain(double[] taps, double frequency) {
    double gain = 0;
    for (int n = 0; n < taps.length; n++) {
      gain += taps[n] * Math.cos(Math.PI * (n - 0.5 * (taps.length - 1)) * frequency);
    }
    double[] scaled = new double[taps.length];
    for (int n = 0; n < taps.length; n++) {
      scaled[n] = taps[n] / gain;
    }
    return scaled;
  }

  /**
   * Least squares: minimises the weighted integral of the squared error over the bands, as SciPy's
   * {@code firls}.
   *
   * @param taps number of taps, odd
   * @param bands bands in ascending order that do not overlap; what lies between them is free
   * @param sampleRate frames per second
   */
  public static double[] leastSquares(int taps, List<DesiredBand> bands, double sampleRate) {
    FirChecks.taps(taps);
    if (taps % 2 == 0) {
      throw new IllegalArgumentException(
          "taps is " + taps + ", expected an odd number for a least-squares design");
    }
    DesiredBand.checkAll(bands, sampleRate);
    return LeastSquaresTaps.design(taps, bands, sampleRate);
  }

  /**
   * Parks-McClellan: minimises the largest weighted error over the bands, as SciPy's {@code remez}.
   *
   * @param taps number of taps, at least 3; odd where the highest band reaches half the sample rate
   *     with a gain other than 0
   * @param bands bands in ascending order that do not overlap; what lies between them is free
   * @param sampleRate frames per second
   */
  public static double[] parksMcClellan(int taps, List<DesiredBand> bands, double sampleRate) {
    return ParksMcClellan.design(taps, bands, sampleRate, ParksMcClellan.Kind.SYMMETRIC);
  }

  /**
   * Parks-McClellan with antisymmetric taps: a Hilbert transformer, besides the delay a response of
   * +j times the gain (SciPy's sign). Minimises the largest weighted error, as SciPy's {@code
   * remez(type="hilbert")}.
   *
   * @param taps number of taps, at least 3
   * @param bands bands in ascending order that do not overlap; no gain at 0 Hz, and none at half
   *     the sample rate where taps is odd
   * @param sampleRate frames per second
   */
  public static double[] hilbert(int taps, List<DesiredBand> bands, double sampleRate) {
    return ParksMcClellan.design(taps, bands, sampleRate, ParksMcClellan.Kind.HILBERT);
  }

  /**
   * Parks-McClellan with antisymmetric taps and an error relative to the gain where that is not 0:
   * a differentiator, for bands with a gain that rises from 0 in proportion to frequency (2 pi f /
   * sampleRate differentiates per frame). As SciPy's {@code remez(type="differentiator")}.
   *
   * @param taps number of taps, at least 3
   * @param bands bands in ascending order that do not overlap; gain 0 at 0 Hz, and at half the
   *     sample rate where taps is odd
   * @param sampleRate frames per second
   */
  public static double[] differentiator(int taps, List<DesiredBand> bands, double sampleRate) {
    return ParksMcClellan.design(taps, bands, sampleRate, ParksMcClellan.Kind.DIFFERENTIATOR);
  }
}
