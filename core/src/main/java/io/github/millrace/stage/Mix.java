package io.github.millrace.stage;

import io.github.millrace.signal.StreamFormat;
import java.util.Arrays;

/**
 * Each output channel is a weighted sum of the input channels. No state.
 *
 * <p>{@link #mono} and {@link #stereo} adapt to the stream and become a matrix at prepare.
 */
public final class Mix implements Stage {

  private enum Kind {
    MATRIX,
    MONO,
    STEREO
  }

  private static final Mix MONO = new Mix(Kind.MONO, new double[1][0]);
  private static final Mix STEREO = new Mix(Kind.STEREO, new double[2][0]);

  private final Kind kind;
  private final double[][] matrix;

  private Mix(Kind kind, double[][] matrix) {
    this.kind = kind;
    this.matrix = matrix;
  }

  /**
   * A mix by matrix.
   *
   * @param weights [outputs][inputs], at least 1 x 1, rectangular, finite
   */
  public static Mix matrix(double[][] weights) {
    if (weights.length == 0 || weights[0].length == 0) {
      throw new IllegalArgumentException("the mix matrix is empty, expected at least 1 x 1");
    }
    double[][] copy = new double[weights.length][];
    for (int o = 0; o < weights.length; o++) {
      if (weights[o].length != weights[0].length) {
        throw new IllegalArgumentException(
            "row "
                + o
                + " of the mix matrix has "
                + weights[o].length
                + " weights, row 0 has "
                + weights[0].length);
      }
      for (double weight : weights[o]) {
        if (!Double.isFinite(weight)) {
          throw new IllegalArgumentException(
              "row " + o + " of the mix matrix has the weight " + weight + ", expected finite");
        }
      }
      copy[o] = weights[o].clone();
    }
    return new Mix(Kind.MATRIX, copy);
  }

  /** The mean of all channels. */
  public static Mix mono() {
    return MONO;
  }

  /** Two channels: a mono stream on both, a stereo stream as it is; other streams are refused. */
  public static Mix stereo() {
    return STEREO;
  }

  /** The weights [outputs][inputs], a copy; only of a mix by matrix, as {@link #lower} makes it. */
  public double[][] weights() {
    if (kind != Kind.MATRIX) {
      throw new IllegalStateException("mix to " + kind + " has no matrix before it is lowered");
    }
    return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
  }

  @Override
  public StreamFormat output(StreamFormat in) {
    Stage.requireTime(this, in);
    if (kind == Kind.MATRIX && matrix[0].length != in.channels()) {
      throw new IllegalArgumentException(
          describe() + " reads " + matrix[0].length + " channels, the stream has " + in.channels());
    }
    if (kind == Kind.STEREO && in.channels() > 2) {
      throw new IllegalArgumentException(
          "mix to stereo takes 1 or 2 channels, the stream has "
              + in.channels()
              + "; give a 2 x "
              + in.channels()
              + " matrix");
    }
    return in.withChannels(matrix.length);
  }

  @Override
  public Mix lower(StreamFormat in) {
    int inputs = in.channels();
    return switch (kind) {
      case MATRIX -> this;
      case MONO -> {
        double[] mean = new double[inputs];
        Arrays.fill(mean, 1.0 / inputs);
        yield matrix(new double[][] {mean});
      }
      case STEREO ->
          matrix(inputs == 1 ? new double[][] {{1}, {1}} : new double[][] {{1, 0}, {0, 1}});
    };
  }

  @Override
  public String describe() {
    return switch (kind) {
      case MATRIX -> "mix of " + matrix[0].length + " to " + matrix.length + " channels";
      case MONO -> "mix to mono";
      case STEREO -> "mix to stereo";
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mix that && kind == that.kind && Arrays.deepEquals(matrix, that.matrix);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + Arrays.deepHashCode(matrix);
  }

  @Override
  public String toString() {
    return "Mix[" + describe() + "]";
  }
}
