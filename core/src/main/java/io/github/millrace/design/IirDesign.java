package io.github.millrace.design;

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

  /** Short text, such as "butterworth lowpass 5000 Hz, order 8". */
  String describe();
}
