package io.github.millrace.design.state;

import io.github.millrace.design.Sos;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The state space of a cascade: s' = A s + B x, y = C s + D x, with the powers of A and the
 * responses to a state that let a recursion be cut into segments.
 *
 * <p>The state is that of transposed direct form II, two entries per section, sections in order, as
 * SciPy's {@code zi} read row by row: for K sections 2K entries. A is block lower-triangular,
 * because a section sees only those before it.
 *
 * <p>Everything is computed in double-double (about 106 bits) and rounded to double once, at the
 * end. Plain double would lose two digits on narrow filters: the entries of A^n grow and cancel.
 * Tested against 120 digits on 13 filters down to 0.001 of Nyquist and up to order 24: every entry
 * is the exact one rounded to the nearest double.
 *
 * <p>Immutable, for any thread.
 */
public final class StateSpace {

  /**
   * Only a state from elsewhere holds what no input excites, and 1e-13 of it is below what float64
   * cascades round; so far an ordinary filter has forgotten long before it reaches eps.
   */
  private static final double UNEXCITED = 1e4;

  private final Sos sos;
  private final int order;
  private final DoubleDoubleMatrix transition;
  private final DoubleDouble[] output;
  private final double[] input;
  private final double feedthrough;

  private StateSpace(Sos sos) {
    this.sos = sos;
    order = 2 * sos.sections();
    transition = new DoubleDoubleMatrix(order);
    input = new double[order];
    output = zeros(order);
    DoubleDouble gain = DoubleDouble.ONE;
    for (int section = 0; section < sos.sections(); section++) {
      gain = append(section, gain);
    }
    feedthrough = gain.toDouble();
  }

  /**
   * The state space of a cascade.
   *
   * <p>Takes memory for (2K)^2 numbers, 22 MB for K = 480.
   */
  public static StateSpace of(Sos sos) {
    return new StateSpace(sos);
  }

  /**
   * Adds one section behind those before. {@code output} holds the section's input as a function of
   * the state on entry and its output on return; {@code gain} the same as a function of x.
   */
  private DoubleDouble append(int section, DoubleDouble gain) {
    double[] row = sos.row(section);
    int s = 2 * section;
    DoubleDouble[] from = output.clone();
    for (int j = 0; j < s; j++) {
      output[j] = from[j].times(row[0]);
    }
    output[s] = DoubleDouble.ONE;
    for (int j = 0; j <= s; j++) {
      transition.set(s, j, from[j].times(row[1]).minus(output[j].times(row[4])));
      transition.set(s + 1, j, from[j].times(row[2]).minus(output[j].times(row[5])));
    }
    transition.set(s, s + 1, DoubleDouble.ONE);
    DoubleDouble after = gain.times(row[0]);
    input[s] = gain.times(row[1]).minus(after.times(row[4])).toDouble();
    input[s + 1] = gain.times(row[2]).minus(after.times(row[5])).toDouble();
    return after;
  }

  private static DoubleDouble[] zeros(int length) {
    DoubleDouble[] zeros = new DoubleDouble[length];
    Arrays.fill(zeros, DoubleDouble.ZERO);
    return zeros;
  }

  /** Number of state entries, 2K. */
  public int order() {
    return order;
  }

  /** A, row after row, 2K x 2K. */
  public double[] a() {
    return transition.toDoubles();
  }

  /** B, 2K entries: what one input frame of 1 adds to the state. */
  public double[] b() {
    return input.clone();
  }

  /** C, 2K entries: the output that each state entry of 1 makes at once. */
  public double[] c() {
    double[] rounded = new double[order];
    for (int j = 0; j < order; j++) {
      rounded[j] = output[j].toDouble();
    }
    return rounded;
  }

  /** D, the product of all b0. */
  public double d() {
    return feedthrough;
  }

  /**
   * A^n, row after row, 2K x 2K: carries a state over n frames of no input.
   *
   * <p>Costs at most 2 log2(n) products of (2K)^3 / 6 double-double multiply-adds. Measured on two
   * shared cores: 0.13 ms for K = 8 and n = 100,003; 17 s for K = 479 and n = 4,104, so a long
   * cascade is better cut into groups of sections, each with its own state space.
   *
   * @param n number of frames, at least 0
   */
  public double[] power(long n) {
    requirePower(n);
    return transition.power(n).toDoubles();
  }

  private static void requirePower(long n) {
    if (n < 0) {
      throw new IllegalArgumentException("power is " + n + ", expected at least 0");
    }
  }

  /**
   * How states are joined over n frames, at the cost of {@link #power} and two products.
   *
   * @param n number of frames, at least 0
   */
  public StateJoin join(long n) {
    requirePower(n);
    double[] centres = new double[sos.sections()];
    Arrays.setAll(centres, k -> -sos.row(k)[4] / 2);
    return new StateJoin(centres, transition, n);
  }

  /**
   * The table H[t] = C A^t for t = 0 to frames - 1, row after row, frames x 2K: what each state
   * entry of 1 contributes to output frame t when there is no input.
   *
   * <p>Costs 5K double-double multiply-adds per frame.
   *
   * @param frames number of rows, at least 0, at most 2^31 / 2K
   */
  public double[] outputTable(int frames) {
    if (frames < 0 || (long) frames * order > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "table has " + frames + " frames, expected 0 to " + (Integer.MAX_VALUE - 8) / order);
    }
    double[] table = new double[frames * order];
    OutputRow row = new OutputRow(sos, output);
    for (int t = 0; t < frames; t++) {
      row.copyTo(table, t * order);
      row.step();
    }
    return table;
  }

  /**
   * The decay length without a limit of the caller's: {@link #decayLength(double, long)} with a
   * limit of 2^28 / K frames.
   */
  public OptionalLong decayLength(double eps) {
    return decayLength(eps, (1L << 28) / sos.sections());
  }

  /**
   * The decay length D(eps): how many frames after its end an input still matters.
   *
   * <p>With h the impulse response and E(n) = h[n]^2 + h[n+1]^2 + ..., D is the least n with {@code
   * sqrt(E(n)) < eps * sqrt(E(0))}. A state reached by white noise and then dropped after D frames
   * leaves an error below eps of the output, rms. E falls monotonically and does not depend on how
   * the state is scaled.
   *
   * <p>The error is relative to the response to white noise, so where an input holds a large part
   * that the filter rejects, eps must be the smaller for it: 1e-12 suits float32 samples and 1e-17
   * float64, with a DC offset of a thousand times the signal.
   *
   * <p>Found by running the impulse response, about 1.5 D frames, in time proportional to K D:
   * measured on two shared cores, 3 ms for K = 8 and D = 128,080 once compiled.
   *
   * @param eps in [1e-30, 1)
   * @param limit the longest length of interest in frames, at least 1
   * @return D; empty where a pole lies on or outside the unit circle, where D is longer than the
   *     limit, and where the response has not settled within twice the limit
   */
  public OptionalLong decayLength(double eps, long limit) {
    requireSearch(eps, limit);
    return new ImpulseDecay(sos, eps, limit, false).length();
  }

  /**
   * How many frames after its end an input still matters to the output or to any entry of the
   * state: where a recursion may be cut into runs that begin from nothing this far back.
   *
   * <p>The {@link #decayLength(double, long) decay length} of the output and of every state entry,
   * the longest of them: a later zero may cancel a slow pole, so that the output has forgotten what
   * the state of the pole's section has not. What no input excites, a pole that an earlier zero
   * cancels, a restored state may still hold; so the slowest pole counts by itself, until a state
   * has fallen to 10,000 times eps.
   *
   * @param eps in [1e-30, 1)
   * @param limit the longest length of interest in frames, at least 1
   * @return frames; empty where {@link #decayLength(double, long)} would be for any of them
   */
  public OptionalLong memoryLength(double eps, long limit) {
    requireSearch(eps, limit);
    double pole = sos.maxPoleRadius();
    double slowest = pole == 0 ? 0 : Math.log(Math.min(1, UNEXCITED * eps)) / Math.log(pole);
    if (pole >= 1 || slowest > limit) {
      return OptionalLong.empty();
    }
    OptionalLong excited = new ImpulseDecay(sos, eps, limit, true).length();
    return excited.isEmpty()
        ? excited
        : OptionalLong.of(Math.max(excited.getAsLong(), (long) Math.ceil(slowest)));
  }

  private static void requireSearch(double eps, long limit) {
    if (!(eps >= 1e-30 && eps < 1)) {
      throw new IllegalArgumentException("eps is " + eps + ", expected at least 1e-30, below 1");
    }
    if (limit < 1) {
      throw new IllegalArgumentException("limit is " + limit + " frames, expected at least 1");
    }
  }
}
