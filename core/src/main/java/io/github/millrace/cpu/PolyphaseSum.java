package io.github.millrace.cpu;

import io.github.millrace.design.fir.ResamplerTaps;

/** Walks along a line of input frames and sums up output frames; owned by one thread. */
final class PolyphaseSum {

  private final double[] phases;
  private final int width;
  private final int up;
  private final int wholeStep;
  private final int phaseStep;
  private int at;
  private int phase;

  /**
   * A sum over the phases of a filter.
   *
   * @param phases {@code taps.phases()}, shared by all threads
   */
  PolyphaseSum(ResamplerTaps taps, double[] phases) {
    this.phases = phases;
    width = taps.perPhase();
    up = taps.up();
    wholeStep = taps.down() / up;
    phaseStep = taps.down() % up;
  }

  /** Sets where on the line the next output frame begins, and its phase. */
  void start(int skip, int firstPhase) {
    at = skip;
    phase = firstPhase;
  }

  /** Computes the next {@code count} output frames. */
  void sum(double[] line, double[] to, int count) {
    for (int k = 0; k < count; k++) {
      to[k] = dot(line, at, phases, phase * width);
      at += wholeStep;
      phase += phaseStep;
      if (phase >= up) {
        phase -= up;
        at++;
      }
    }
  }

  /** Eight sums side by side: a single one would wait for each addition. */
  private double dot(double[] x, int i, double[] h, int j) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    double e = 0;
    double f = 0;
    double g = 0;
    double z = 0;
    for (int k = 0; k < width; k += 8) {
      a += x[i + k] * h[j + k];
      b += x[i + k + 1] * h[j + k + 1];
      c += x[i + k + 2] * h[j + k + 2];
      d += x[i + k + 3] * h[j + k + 3];
      e += x[i + k + 4] * h[j + k + 4];
      f += x[i + k + 5] * h[j + k + 5];
      g += x[i + k + 6] * h[j + k + 6];
      z += x[i + k + 7] * h[j + k + 7];
    }
    return ((a + b) + (c + d)) + ((e + f) + (g + z));
  }
}
