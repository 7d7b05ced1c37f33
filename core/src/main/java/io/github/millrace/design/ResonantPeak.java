package io.github.millrace.design;

import java.util.ArrayList;
import java.util.List;

/**
 * One section that passes one frequency at 0 dB and is 3 dB down at a bandwidth of frequency / q.
 *
 * <p>Source: S. J. Orfanidis, Introduction to Signal Processing, 1996, section 11.3; the same
 * filter as SciPy's iirpeak.
 *
 * @param frequency the frequency passed, in Hz
 * @param q quality factor: frequency / bandwidth, above 0
 */
public record ResonantPeak(double frequency, double q) implements IirDesign {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException where a value is not finite and above 0
   */
  public ResonantPeak {
    Checks.positive("peak frequency", frequency, " Hz");
    Checks.positive("peak q", q, "");
  }

  @Override
  public Sos sos(double sampleRate) {
    double beta = Notch.halfBandwidth(sampleRate, frequency, frequency / q);
    double gain = 1 / (1 + beta);
    // beta / (1 + beta) rather than 1 - gain: a narrow peak keeps all its digits.
    double side = beta / (1 + beta);
    double middle = -2 * gain * Math.cos(2 * Math.PI * (frequency / sampleRate));
    return Sos.of(new double[][] {{side, 0, -side, 1, middle, 2 * gain - 1}});
  }

  /** The 3 dB edges and the peak between them. */
  @Override
  public List<Corner> corners(double sampleRate) {
    double beta = Notch.halfBandwidth(sampleRate, frequency, frequency / q);
    List<Corner> corners = new ArrayList<>(Notch.edges(sampleRate, frequency, beta));
    corners.add(new Corner(frequency, 0));
    return corners;
  }

  @Override
  public String describe() {
    return "peak " + Checks.text(frequency) + " Hz, q " + Checks.text(q);
  }
}
