package io.github.millrace.design.fir;

import java.util.Arrays;

/**
 * The linear-phase low-pass of a rational resampler, as one row of taps per phase.
 *
 * <p>The filter runs at {@code up} times the input rate and is centred on the output frame: output
 * k lies at input time {@code k down / up}, and its phase is {@code k down mod up}. It is a sinc
 * windowed by a Kaiser window (Kaiser 1974; see {@link KaiserOrder}), its cutoff in the middle of
 * the transition band, which ends at the lower of the two Nyquist frequencies. Every phase is
 * scaled to a sum of 1, so that a constant stays that constant; this moves taps by no more than the
 * rejection.
 *
 * @param up the factor L: output frames per {@code down} input frames, at least 1
 * @param down the factor M, at least 1
 * @param half input frames on each side of an output frame that the filter reaches, a multiple of 4
 * @param cutoff centre of the transition band, as a fraction of the Nyquist frequency of the filter
 * @param beta parameter of the Kaiser window
 */
public record ResamplerTaps(int up, int down, int half, double cutoff, double beta) {

  /** Rows are whole groups of 8 taps. */
  private static final int HALF_STEP = 4;

  /**
   * Attenuation asked of the Kaiser formula beyond the rejection: the images of one tone add up,
   * and the formula is a fit that falls short by up to 1 dB.
   */
  private static final double MARGIN_DB = 3;

  /** Checks the ranges. */
  public ResamplerTaps {
    requireFactors(up, down);
    if (half < HALF_STEP || half % HALF_STEP != 0) {
      throw new IllegalArgumentException(
          "the filter reaches " + half + " frames, expected a multiple of " + HALF_STEP);
    }
    if (!(cutoff > 0 && cutoff <= 1)) {
      throw new IllegalArgumentException(
          "cutoff is " + cutoff + " of the Nyquist frequency, expected (0, 1]");
    }
    if (!(beta >= 0 && beta <= 700)) {
      throw new IllegalArgumentException("beta is " + beta + ", expected 0 to 700");
    }
  }

  /**
   * The filter of a resampler; where both factors are 1, the one that changes nothing.
   *
   * @param up output frames per {@code down} input frames, reduced, at least 1
   * @param down input frames, at least 1
   * @param rejectionDb least attenuation of aliases and images in dB, at least 21
   * @param passBand end of the flat pass band, in (0, 1) of the lower Nyquist frequency
   */
  public static ResamplerTaps of(int up, int down, double rejectionDb, double passBand) {
    requireFactors(up, down);
    if (!(rejectionDb >= 21 && rejectionDb <= 200)) {
      throw new IllegalArgumentException(
          "rejection is " + rejectionDb + " dB, expected 21 to 200 dB");
    }
    if (!(passBand > 0 && passBand < 1)) {
      throw new IllegalArgumentException(
          "pass band is " + passBand + " of the lower Nyquist frequency, expected (0, 1)");
    }
    if (up == down) {
      return new ResamplerTaps(up, down, HALF_STEP, 1, 0);
    }
    double lowerNyquist = 0.5 * Math.min(1, (double) up / down);
    KaiserOrder order = KaiserOrder.of(rejectionDb + MARGIN_DB, (1 - passBand) * lowerNyquist, 1);
    int half = (order.taps() / (2 * HALF_STEP) + 1) * HALF_STEP;
    double cutoff = 0.5 * (1 + passBand) / Math.max(up, down);
    return new ResamplerTaps(up, down, half, cutoff, order.beta());
  }

  private static void requireFactors(int up, int down) {
    if (up < 1 || down < 1) {
      throw new IllegalArgumentException(
          "resampling factors are " + up + " / " + down + ", expected both at least 1");
    }
  }

  /** Taps of each phase: {@code 2 half}. */
  public int perPhase() {
    return 2 * half;
  }

  /**
   * The taps of all phases, a new table of {@code up} rows of {@link #perPhase} taps. Row r weighs
   * the input frames from {@code half - 1} before to {@code half} after the last one at or before
   * the output frame, oldest first.
   *
   * <p>8 bytes a tap: 0.2 MB from 48 to 44.1 kHz in standard quality, and where a factor is 65,536,
   * 86 MB in standard and 198 MB in best quality.
   */
  public double[] phases() {
    int width = perPhase();
    double[] table = new double[Math.multiplyExact(up, width)];
    double[] window = new double[width];
    double[] series = series();
    for (int phase = 0; phase <= up / 2; phase++) {
      int row = phase * width;
      window(phase, window, series);
      for (int i = 0; i < width; i++) {
        table[row + i] = sinc(offset(phase, i)) * window[i];
      }
      normalise(table, row, width);
      if (phase > 0) {
        mirror(table, row, (up - phase) * width, width);
      }
    }
    return table;
  }

  /** Distance of tap i of a phase from the centre of the filter, at the filter's rate. */
  private long offset(int phase, int i) {
    return phase + (half - 1L - i) * up;
  }

  private double sinc(long offset) {
    double x = cutoff * offset;
    if (x == Math.rint(x)) {
      return x == 0 ? 1 : 0;
    }
    return Math.sin(Math.PI * x) / (Math.PI * x);
  }

  /**
   * The Kaiser window over one phase, which is 0 at its very ends. I0(beta sqrt(v)) is a power
   * series in v (Abramowitz and Stegun 9.6.12) with positive terms: no digit is lost.
   */
  private void window(int phase, double[] window, double[] series) {
    double[] v = new double[window.length];
    double end = (double) half * up;
    for (int i = 0; i < v.length; i++) {
      double x = offset(phase, i) / end;
      v[i] = (1 - x) * (1 + x);
    }
    Arrays.fill(window, 0);
    for (int k = series.length - 1; k >= 0; k--) {
      double term = series[k];
      for (int i = 0; i < v.length; i++) {
        window[i] = window[i] * v[i] + term;
      }
    }
    for (int i = 0; i < v.length; i++) {
      window[i] = v[i] > 0 ? window[i] : 0;
    }
  }

  /** The coefficients of I0(beta sqrt(v)): (beta^2 / 4)^k / k!^2. */
  private double[] series() {
    double quarter = 0.25 * beta * beta;
    double[] terms = new double[1000];
    terms[0] = 1;
    double sum = 1;
    int count = 1;
    while (terms[count - 1] > 1e-18 * sum) {
      terms[count] = terms[count - 1] * quarter / ((double) count * count);
      sum += terms[count++];
    }
    return Arrays.copyOf(terms, count);
  }

  private static void normalise(double[] table, int from, int width) {
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += table[from + i];
    }
    for (int i = 0; i < width; i++) {
      table[from + i] /= sum;
    }
  }

  private static void mirror(double[] table, int from, int to, int width) {
    for (int i = 0; i < width; i++) {
      table[to + width - 1 - i] = table[from + i];
    }
  }
}
