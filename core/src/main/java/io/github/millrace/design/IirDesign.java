package io.github.millrace.design;

import java.util.List;

/**
 * A recursive filter as a recipe in Hz, which becomes coefficients at a stream's own sample rate.
 *
 * <p>Recipes are immutable, equal by value and safe to share between threads.
 */
public sealed interface IirDesign permits ClassicFilter, Biquad, Notch, ResonantPeak, Comb {

  /**
   * The second-order sections of this filter at a sample rate in Hz.
   *
   * @throws IllegalArgumentException where the rate is unknown (0) or a frequency is not below half
   *     of it
   */
  Sos sos(double sampleRate);

  /**
   * A frequency at which the magnitude of the exact filter is known.
   *
   * @param frequency in Hz
   * @param decibels the magnitude there in dB
   */
  record Corner(double frequency, double decibels) {}

  /**
   * Where this filter's magnitude is known in closed form, as far as it says anything about the
   * filter: its edges, its centre.
   *
   * @throws IllegalArgumentException as {@link #sos}
   */
  List<Corner> corners(double sampleRate);

  /**
   * How far the sections, whose coefficients are rounded to float64, are from the exact filter: the
   * largest difference in dB at a corner. Where it is more than a few hundredths, float64 sections
   * cannot hold the filter at this rate: at a lower rate, or in a lower order, they may.
   *
   * @throws IllegalArgumentException as {@link #sos}
   */
  default double deviationDb(double sampleRate) {
    List<Corner> corners = corners(sampleRate);
    double[] at = corners.stream().mapToDouble(Corner::frequency).toArray();
    double[] achieved = Response.of(sos(sampleRate), at, sampleRate).magnitudeDb();
    double most = 0;
    for (int i = 0; i < at.length; i++) {
      double difference = Math.abs(achieved[i] - corners.get(i).decibels());
      most = Math.max(most, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
    }
    return most;
  }

  /** Short text, such as "butterworth lowpass 5000 Hz, order 8". */
  String describe();
}
