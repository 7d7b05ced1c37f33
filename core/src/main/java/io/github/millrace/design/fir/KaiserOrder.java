package io.github.millrace.design.fir;

import io.github.millrace.design.Checks;

/**
 * Length and beta of a Kaiser-window design that meets an attenuation and a transition width.
 *
 * <p>Formulas: Kaiser, "Nonrecursive digital filter design using the I0-sinh window function",
 * Proc. IEEE ISCAS (1974); Oppenheim and Schafer, "Discrete-Time Signal Processing", section 7.6.
 * The same as SciPy's {@code kaiserord}, {@code kaiser_beta} and {@code kaiser_atten}.
 *
 * @param taps number of taps, at least 1; a band that passes the Nyquist frequency needs an odd
 *     number, so add one where this is even
 * @param beta parameter of the Kaiser window, at least 0
 */
public record KaiserOrder(int taps, double beta) {
  private static final double MIN_ATTENUATION = 8;

  /**
   * The shortest Kaiser design for a ripple and a transition width.
   *
   * @param attenuationDb how far the largest deviation from the ideal response lies below 1, in dB,
   *     at least 8; it holds in pass and stop bands alike
   * @param width width of the transition between pass and stop band in Hz
   * @param sampleRate frames per second; the width must lie in (0, sampleRate / 2)
   */
  public static KaiserOrder of(double attenuationDb, double width, double sampleRate) {
    if (!(attenuationDb >= MIN_ATTENUATION && attenuationDb < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "attenuation is " + attenuationDb + " dB, expected at least 8 dB");
    }
    Checks.belowNyquist("transition width", width, sampleRate);
    double taps = (attenuationDb - 7.95) / (2.285 * Math.PI * 2 * width / sampleRate) + 1;
    if (taps > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a transition width of "
              + width
              + " Hz needs "
              + taps
              + " taps, expected fewer than 2^31");
    }
    return new KaiserOrder((int) Math.ceil(taps), beta(attenuationDb));
  }

  /** The window. */
  public Window window() {
    return Window.kaiser(beta);
  }

  /**
   * The beta that reaches an attenuation.
   *
   * @param attenuationDb attenuation in dB; 21 dB or less needs no window, so beta is 0
   */
  public static double beta(double attenuationDb) {
    if (!Double.isFinite(attenuationDb)) {
      throw new IllegalArgumentException(
          "attenuation is " + attenuationDb + " dB, expected a finite number");
    }
    if (attenuationDb > 50) {
      return 0.1102 * (attenuationDb - 8.7);
    }
    double excess = attenuationDb - 21;
    return excess > 0 ? 0.5842 * Math.pow(excess, 0.4) + 0.07886 * excess : 0;
  }

  /**
   * The attenuation in dB that a Kaiser design of this length reaches with this transition width.
   *
   * @param taps number of taps, at least 1
   * @param width transition width in Hz, in (0, sampleRate / 2)
   * @param sampleRate frames per second
   */
  public static double attenuation(int taps, double width, double sampleRate) {
    FirChecks.taps(taps);
    Checks.belowNyquist("transition width", width, sampleRate);
    return 2.285 * (taps - 1) * Math.PI * 2 * width / sampleRate + 7.95;
  }
}
