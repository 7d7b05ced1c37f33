package io.github.millrace.design.state;

/**
 * How the state at the end of n frames follows from the one before them: A^n s + e, where e is what
 * the frames leave behind from silence.
 *
 * <p>The two entries of a section of low poles are nearly the negative of each other, and A^n of
 * them cancels: joins by A^n itself were up to 2,000 times less exact than the plain serial
 * cascade, for Butterworth 4 at 1/1,000,000 of the rate. So states are turned first: (s1, s2) of a
 * section to (s1, s2 + p s1), where p, half of -a1, is the real part of its poles p +- jq. Its
 * matrix is then [p 1; -q^2 p], a rotation but for scale, and the powers of that do not cancel:
 * joined in this way the same filters lose no more than the plain serial cascade.
 *
 * <p>Immutable, for any thread.
 */
public final class StateJoin {

  private final double[] centres;
  private final double[] matrix;

  /**
   * A join over n frames.
   *
   * @param centres p of each section
   * @param transition A
   */
  StateJoin(double[] centres, DoubleDoubleMatrix transition, long n) {
    this.centres = centres;
    matrix = turning(1).times(transition).times(turning(-1)).power(n).toDoubles();
  }

  private DoubleDoubleMatrix turning(double sign) {
    DoubleDoubleMatrix turning = DoubleDoubleMatrix.identity(2 * centres.length);
    for (int k = 0; k < centres.length; k++) {
      turning.set(2 * k + 1, 2 * k, DoubleDouble.of(sign * centres[k]));
    }
    return turning;
  }

  /** A^n for turned states, row after row, 2K x 2K. */
  public double[] matrix() {
    return matrix.clone();
  }

  /**
   * Makes of e the state at the end, in operations of one fixed order.
   *
   * @param start the state before, 2K entries as in {@link StateSpace}
   * @param end e, replaced
   */
  public void next(double[] start, double[] end) {
    for (int k = 0; k < centres.length; k++) {
      double turned = Math.fma(centres[k], end[2 * k], end[2 * k + 1]);
      end[2 * k] += row(2 * k, start);
      turned += row(2 * k + 1, start);
      end[2 * k + 1] = Math.fma(-centres[k], end[2 * k], turned);
    }
  }

  private double row(int row, double[] start) {
    int at = row * 2 * centres.length;
    double sum = 0;
    for (int k = 0; k <= row / 2; k++) {
      double turned = Math.fma(centres[k], start[2 * k], start[2 * k + 1]);
      sum += matrix[at + 2 * k] * start[2 * k] + matrix[at + 2 * k + 1] * turned;
    }
    return sum;
  }
}
