package io.github.millrace.design;

/**
 * One section that removes one frequency and is 3 dB down at a bandwidth of frequency / q.
 *
 * <p>Source: S. J. Orfanidis, Introduction to Signal Processing, 1996, section 11.3; the same
 * filter as SciPy's iirnotch.
 *
 * @param frequency the frequency removed, in Hz
 * @param q quality factor: frequency / bandwidth, above 0
 */
public record Notch(double frequency, double q) implements IirDesign {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException where a value is not finite and above 0
   */
  public Notch {
    Checks.positive("notch frequency", frequency, " Hz");
    Checks.positive("notch q", q, "");
  }

  @Override
  public Sos sos(double sampleRate) {
    double[] row = row(sampleRate, frequency, frequency / q);
    return Sos.of(new double[][] {row});
  }

  @Override
  public String describe() {
    return "notch " + Checks.text(frequency) + " Hz, q " + Checks.text(q);
  }

  /** The section with this centre and bandwidth in Hz. */
  static double[] row(double sampleRate, double frequency, double bandwidth) {
    double gain = 1 / (1 + halfBandwidth(sampleRate, frequency, bandwidth));
    double middle = -2 * gain * Math.cos(2 * Math.PI * (frequency / sampleRate));
    return new double[] {gain, middle, gain, 1, middle, 2 * gain - 1};
  }

  /** The tangent of half the bandwidth, in radians per frame, after checking its range. */
  static double halfBandwidth(double sampleRate, double frequency, double bandwidth) {
    Checks.belowNyquist("frequency", frequency, sampleRate);
    if (!(bandwidth < sampleRate / 2)) {
      throw new IllegalArgumentException(
          "bandwidth (frequency / q) is "
              + bandwidth
              + " Hz, expected below "
              + sampleRate / 2
              + " Hz, half the sample rate");
    }
    return Math.tan(Math.PI * (bandwidth / sampleRate));
  }
}
