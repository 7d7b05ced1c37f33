package io.github.millrace.design;

import java.util.ArrayList;
import java.util.List;

/**
 * Notches at a frequency and at all its harmonics below half the sample rate, all of one bandwidth.
 *
 * <p>One section per harmonic, lowest first; each is a {@link Notch} whose bandwidth is frequency /
 * q, so its own quality factor grows with the harmonic.
 *
 * @param frequency the fundamental, in Hz
 * @param q quality factor of the lowest notch: frequency / bandwidth, above 0
 */
public record Comb(double frequency, double q) implements IirDesign {

  private static final int MOST_NOTCHES = 1 << 16;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException where a value is not finite and above 0
   */
  public Comb {
    Checks.positive("comb frequency", frequency, " Hz");
    Checks.positive("comb q", q, "");
  }

  @Override
  public Sos sos(double sampleRate) {
    Checks.belowNyquist("comb frequency", frequency, sampleRate);
    double notches = sampleRate / 2 / frequency;
    if (notches > MOST_NOTCHES) {
      throw new IllegalArgumentException(
          "comb frequency is "
              + frequency
              + " Hz, which makes "
              + notches
              + " notches below half the sample rate, expected at most "
              + MOST_NOTCHES);
    }
    List<double[]> rows = new ArrayList<>();
    for (int k = 1; k * frequency < sampleRate / 2; k++) {
      rows.add(Notch.row(sampleRate, k * frequency, frequency / q));
    }
    return Sos.of(rows.toArray(double[][]::new));
  }

  /** None: at the edges of one notch the others are felt too. See {@link #deviationDb}. */
  @Override
  public List<Corner> corners(double sampleRate) {
    Checks.belowNyquist("comb frequency", frequency, sampleRate);
    return List.of();
  }

  /** The largest of its notches, each by itself. */
  @Override
  public double deviationDb(double sampleRate) {
    double most = 0;
    for (int k = 1; k * frequency < sampleRate / 2; k++) {
      Notch notch = new Notch(k * frequency, k * q);
      most = Math.max(most, notch.deviationDb(sampleRate));
    }
    return most;
  }

  @Override
  public String describe() {
    return "comb " + Checks.text(frequency) + " Hz, q " + Checks.text(q);
  }
}
