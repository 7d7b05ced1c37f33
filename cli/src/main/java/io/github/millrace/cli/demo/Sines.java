package io.github.millrace.cli.demo;

import io.github.millrace.design.Complex;
import io.github.millrace.design.Response;
import io.github.millrace.design.Sos;
import java.util.Arrays;

/** A sum of sines of whole frequencies in Hz, which repeats every second. */
public final class Sines {

  private final double amplitude;
  private final int[] frequencies;
  private final int sampleRate;

  /** Sines of one amplitude, at a rate in Hz. */
  public Sines(double amplitude, int sampleRate, int... frequencies) {
    this.amplitude = amplitude;
    this.sampleRate = sampleRate;
    this.frequencies = frequencies.clone();
  }

  /** Sample rate in Hz. */
  public int sampleRate() {
    return sampleRate;
  }

  /** One second of the signal. */
  public double[] second() {
    Complex[] ones = new Complex[frequencies.length];
    Arrays.fill(ones, Complex.ONE);
    return second(ones);
  }

  /**
   * One second of what a filter makes of it once its start has died away: every sine times the
   * filter's gain at its frequency.
   */
  public double[] filteredSecond(Sos sos) {
    double[] hertz = new double[frequencies.length];
    for (int i = 0; i < hertz.length; i++) {
      hertz[i] = frequencies[i];
    }
    return second(Response.of(sos, hertz, sampleRate).values());
  }

  private double[] second(Complex[] gains) {
    double[] samples = new double[sampleRate];
    for (int n = 0; n < sampleRate; n++) {
      for (int i = 0; i < gains.length; i++) {
        // Whole turns are taken off exactly, in integers.
        long turn = (long) frequencies[i] * n % sampleRate;
        double angle = 2 * Math.PI * turn / sampleRate;
        samples[n] +=
            amplitude * (gains[i].re() * Math.sin(angle) + gains[i].im() * Math.cos(angle));
      }
    }
    return samples;
  }
}
