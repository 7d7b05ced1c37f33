package io.github.millrace.design;

import java.util.List;

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

  /** The 3 dB edges. */
  @Override
  public List<Corner> corners(double sampleRate) {
    return edges(sampleRate, frequency, halfBandwidth(sampleRate, frequency, frequency / q));
  }

  @Override
  public String describe() {
    return "notch " + Checks.text(frequency) + " Hz, q " + Checks.text(q);
  }

  /**
   * The frequencies at which a notch or a peak, {@code 1 / (1 + j beta sin w / (cos w - cos c))}
   * with c its centre or 1 less that, is 3 dB down: where both parts are equal, which is a
   * quadratic equation in tan(w / 2).
   */
  static List<Corner> edges(double sampleRate, double frequency, double beta) {
    double centre = Math.tan(Math.PI * (frequency / sampleRate));
    double half = beta * (1 + centre * centre) / 2;
    double root = Math.hypot(half, centre);
    double upper = half + root;
    double lower = centre * centre / upper;
    return List.of(corner(sampleRate, lower), corner(sampleRate, upper));
  }

  private static Corner corner(double sampleRate, double tangent) {
    return new Corner(Math.atan(tangent) / Math.PI * sampleRate, 10 * Math.log10(0.5));
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
