package io.github.millrace.design.state;

import io.github.millrace.design.Sos;

/**
 * Powers of two between the sections of a cascade that keep the level everywhere near that of the
 * input, for arithmetic in float32. All gain of a designed cascade sits in its first section: a
 * narrow low-pass of order 16 falls to 1e-40 there, below what float32 can hold. Powers of two
 * change no rounding, and the state maps back exactly.
 */
public final class LevelSpread {

  private static final int OCTAVES = 24;
  private static final int PER_OCTAVE = 16;

  /** Beyond this the product of a cascade's scales could leave the range of a double. */
  private static final int LARGEST_EXPONENT = 900;

  private final double[] scales;
  private final Sos scaled;

  private LevelSpread(Sos sos) {
    double[][] rows = sos.toArray();
    scales = scales(rows);
    double before = 1;
    for (int s = 0; s < rows.length; s++) {
      for (int i = 0; i < 3; i++) {
        rows[s][i] *= scales[s] / before;
      }
      before = scales[s];
    }
    scaled = Sos.of(rows);
  }

  /** The spread of a cascade. */
  public static LevelSpread of(Sos sos) {
    return new LevelSpread(sos);
  }

  /** The cascade with the level spread; its response is that of the original. */
  public Sos scaled() {
    return scaled;
  }

  /**
   * What the output and so the state of each section is multiplied by, a power of two; 1 at the
   * last.
   */
  public double[] scales() {
    return scales.clone();
  }

  private static double[] scales(double[][] rows) {
    double[] peaks = new double[rows.length];
    int grid = OCTAVES * PER_OCTAVE;
    for (int i = 0; i < grid; i++) {
      double distance = Math.PI / 2 * Math.pow(2, -(double) i / PER_OCTAVE);
      raise(peaks, rows, distance);
      raise(peaks, rows, Math.PI - distance);
    }
    for (double[] row : rows) {
      raise(peaks, rows, resonance(row));
    }
    double[] scales = new double[rows.length];
    for (int s = 0; s < rows.length; s++) {
      boolean usable = peaks[s] > 0 && Double.isFinite(peaks[s]);
      int exponent = usable ? Math.getExponent(peaks[s]) + 1 : 0;
      scales[s] = Math.scalb(1.0, -Math.clamp(exponent, -LARGEST_EXPONENT, LARGEST_EXPONENT));
    }
    scales[rows.length - 1] = 1;
    return scales;
  }

  /** Angle of the poles, where a section is loudest. */
  private static double resonance(double[] row) {
    double cosine = row[5] > 0 ? -row[4] / (2 * Math.sqrt(row[5])) : 2;
    return cosine > 1 ? 0 : cosine < -1 ? Math.PI : Math.acos(cosine);
  }

  /** Raises each peak to the level behind its section at this angle. */
  private static void raise(double[] peaks, double[][] rows, double angle) {
    double level = 1;
    for (int s = 0; s < rows.length; s++) {
      level *= magnitude(rows[s], angle);
      peaks[s] = Math.max(peaks[s], level);
    }
  }

  private static double magnitude(double[] row, double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double cos2 = Math.cos(2 * angle);
    double sin2 = Math.sin(2 * angle);
    double above = Math.hypot(row[0] + row[1] * cos + row[2] * cos2, row[1] * sin + row[2] * sin2);
    double below = Math.hypot(1 + row[4] * cos + row[5] * cos2, row[4] * sin + row[5] * sin2);
    return above / below;
  }
}
