package io.github.millrace.design.state;

import io.github.millrace.design.Sos;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How much of a filter's output is rounding: the relative rms error of the plain serial float64
 * cascade, in transposed direct form II, on white noise, against the same loop in double-double.
 */
public final class RoundingError {

  /** Long against the decay of a low-pass at 0.001 of Nyquist (26,799 frames to 1e-7). */
  private static final int FRAMES = 1 << 16;

  /** A second of computing for eight sections. */
  private static final int MOST_FRAMES = 1 << 20;

  /** Time constants of the slowest pole after which the error grows no more. */
  private static final int SETTLED = 8;

  private RoundingError() {}

  /** The error of these sections; NaN where the output is not finite or all zero. */
  public static double of(Sos sos) {
    return of(sos, FRAMES);
  }

  /**
   * The error over a signal that is long for these sections: as many frames as roundings need to
   * add up, 1,048,576 at most.
   */
  public static double settled(Sos sos) {
    double frames = SETTLED / (1 - sos.maxPoleRadius());
    return of(sos, (int) Math.clamp(frames, FRAMES, MOST_FRAMES));
  }

  private static double of(Sos sos, int frames) {
    SplittableRandom random = new SplittableRandom(1);
    double[] noise = new double[frames];
    Arrays.setAll(noise, i -> random.nextGaussian());
    double[] exact = noise.clone();
    double[] plain = noise;
    for (int s = 0; s < sos.sections(); s++) {
      exactSection(sos.row(s), exact);
      plainSection(sos.row(s), plain);
    }
    return relativeRms(exact, plain);
  }

  private static void exactSection(double[] row, double[] x) {
    DoubleDouble u = DoubleDouble.ZERO;
    DoubleDouble v = DoubleDouble.ZERO;
    for (int i = 0; i < x.length; i++) {
      DoubleDouble in = DoubleDouble.of(x[i]);
      DoubleDouble y = in.times(row[0]).plus(u);
      u = in.times(row[1]).minus(y.times(row[4])).plus(v);
      v = in.times(row[2]).minus(y.times(row[5]));
      x[i] = y.toDouble();
    }
  }

  private static void plainSection(double[] row, double[] x) {
    double u = 0;
    double v = 0;
    for (int i = 0; i < x.length; i++) {
      double in = x[i];
      x[i] = row[0] * in + u;
      u = row[1] * in - row[4] * x[i] + v;
      v = row[2] * in - row[5] * x[i];
    }
  }

  private static double relativeRms(double[] exact, double[] plain) {
    double error = 0;
    double power = 0;
    for (int i = 0; i < exact.length; i++) {
      error += (plain[i] - exact[i]) * (plain[i] - exact[i]);
      power += exact[i] * exact[i];
    }
    return Math.sqrt(error / power);
  }
}
