package io.github.millrace.plan;

import java.util.Arrays;

/**
 * The carried state of one stage, in float64 whatever the stream's sample type.
 *
 * <p>Cascade: shape [sections][channels][2], as SciPy's {@code zi} for a signal [channels][frames].
 * FIR, delay and resample: shape [channels][frames], the last input frames, oldest first: as many
 * as the stage needs, and of a long FIR filter whose plan promises {@link Bits#FRAME} as many more
 * as its partitions have. Stages without state: an empty shape.
 */
public final class StageState {

  private static final StageState NONE = new StageState(new int[0], new double[0], 0);

  private final int[] shape;
  private final double[] values;
  private final long position;

  private StageState(int[] shape, double[] values, long position) {
    this.shape = shape;
    this.values = values;
    this.position = position;
  }

  /** The state of a stage that has none. */
  public static StageState none() {
    return NONE;
  }

  /**
   * A state.
   *
   * @param shape extents, outermost first
   * @param values in row-major order, as many as the product of the extents
   */
  public static StageState of(int[] shape, double... values) {
    return of(shape, values, 0);
  }

  /**
   * A state with a position in the stream.
   *
   * @param shape extents, outermost first
   * @param values in row-major order, as many as the product of the extents
   * @param position see {@link #position}
   */
  public static StageState of(int[] shape, double[] values, long position) {
    long expected = 1;
    for (int extent : shape) {
      expected *= extent;
    }
    if (shape.length == 0) {
      expected = 0;
    }
    if (expected != values.length) {
      throw new IllegalArgumentException(
          "a state of shape "
              + Arrays.toString(shape)
              + " has "
              + expected
              + " values, got "
              + values.length);
    }
    return new StageState(shape.clone(), values.clone(), position);
  }

  /** A cascade's state from SciPy's shape [sections][channels][2]. */
  public static StageState ofCascade(double[][][] zi) {
    double[] values =
        Arrays.stream(zi).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
    return of(new int[] {zi.length, zi.length == 0 ? 0 : zi[0].length, 2}, values);
  }

  /** The extents, outermost first; a copy. */
  public int[] shape() {
    return shape.clone();
  }

  /** The values in row-major order; a copy. */
  public double[] values() {
    return values.clone();
  }

  /**
   * Input frames read since reset by a resampler, frames pending in the block of an FFT, output
   * frames dropped so far by an FIR filter that is advanced or a delay below 0, and, where the plan
   * promises {@link Bits#FRAME}, frames read since reset by cascades and long FIR filters; 0 where
   * the stage depends on none of these.
   */
  public long position() {
    return position;
  }

  /** This state as [sections][channels][2]; only of a cascade. */
  public double[][][] toCascade() {
    if (shape.length != 3 || shape[2] != 2) {
      throw new IllegalStateException(
          "a state of shape " + Arrays.toString(shape) + " is no cascade's");
    }
    double[][][] zi = new double[shape[0]][shape[1]][];
    for (int s = 0; s < shape[0]; s++) {
      for (int c = 0; c < shape[1]; c++) {
        int at = 2 * (s * shape[1] + c);
        zi[s][c] = Arrays.copyOfRange(values, at, at + 2);
      }
    }
    return zi;
  }

  /**
   * Checks that another state has this one's shape.
   *
   * @throws IllegalArgumentException if not, naming both shapes and {@code what}
   */
  public void requireShapeOf(StageState other, String what) {
    if (!Arrays.equals(shape, other.shape)) {
      throw new IllegalArgumentException(
          "state of "
              + what
              + " has shape "
              + Arrays.toString(other.shape)
              + ", expected "
              + Arrays.toString(shape));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StageState that
        && position == that.position
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(shape) * 31 + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "StageState" + Arrays.toString(shape);
  }
}
