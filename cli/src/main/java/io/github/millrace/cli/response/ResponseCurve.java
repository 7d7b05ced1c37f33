package io.github.millrace.cli.response;

import io.github.millrace.design.Complex;
import io.github.millrace.design.Response;
import io.github.millrace.plan.ChainResponse;
import java.util.Arrays;

/** A response over a grid of frequencies that is dense on a logarithmic axis. */
public final class ResponseCurve {

  /** Enough that neighbours differ by 0.25 % over three decades. */
  private static final int POINTS = 4_096;

  private final double[] frequencies;
  private final double[] magnitudeDb;
  private final double[] phase;
  private final double[] delay;

  private ResponseCurve(Response response, double sampleRate) {
    frequencies = response.frequencies();
    magnitudeDb = response.magnitudeDb();
    delay = response.groupDelay();
    phase = unwrapped(response.values(), sampleRate);
  }

  /** The curve of a chain from its lowest frequency of interest to half the sample rate. */
  public static ResponseCurve of(ChainResponse chain) {
    double high = chain.sampleRate() / 2;
    double low = chain.lowestFrequency();
    double[] grid = new double[POINTS];
    double ratio = Math.log(high / low) / (POINTS - 1);
    Arrays.setAll(grid, i -> low * Math.exp(ratio * i));
    grid[POINTS - 1] = high;
    return new ResponseCurve(chain.at(grid), chain.sampleRate());
  }

  /** Frequencies in Hz, ascending. */
  public double[] frequencies() {
    return frequencies.clone();
  }

  /** Magnitude in dB at each frequency; minus infinity at a zero. */
  public double[] magnitudeDb() {
    return magnitudeDb.clone();
  }

  /** Unwrapped phase in radians at each frequency. */
  public double[] phase() {
    return phase.clone();
  }

  /** Group delay in frames at each frequency. */
  public double[] groupDelay() {
    return delay.clone();
  }

  /**
   * The phase that continues as the group delay says: between neighbours of a long FIR filter it
   * turns more than half a circle, which unwrapping by the nearest turn would miss.
   */
  private double[] unwrapped(Complex[] values, double sampleRate) {
    double[] result = new double[values.length];
    for (int i = 0; i < result.length; i++) {
      double wrapped = values[i].angle();
      double expected = wrapped;
      if (i > 0) {
        double step = 2 * Math.PI * (frequencies[i] - frequencies[i - 1]) / sampleRate;
        expected = result[i - 1] - step * (delay[i] + delay[i - 1]) / 2;
      }
      result[i] = wrapped + 2 * Math.PI * Math.rint((expected - wrapped) / (2 * Math.PI));
    }
    return result;
  }
}
