package io.github.millrace.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.plan.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Samples of one size, positive and negative in turn, in noise.
 *
 * @param frames of the signal
 * @param at where they are
 * @param size their magnitude; may be infinite or not a number
 */
record Glitches(int frames, List<Integer> at, double size) {

  /** Alone, together, first, last, at borders of blocks, a burst, and of sizes that overflow. */
  static List<Glitches> all(int taps) {
    int frames = 4 * taps + 3_000;
    List<Integer> burst = IntStream.range(2_000, 2_300).boxed().toList();
    return List.of(
        new Glitches(frames, List.of(2_000), 1e20),
        new Glitches(frames, List.of(0, frames - 1), 1e30),
        new Glitches(frames, List.of(1_023, 1_024, 1_025, 2_047, 2_048, 2_049), 1e12),
        new Glitches(frames, List.of(taps, frames - taps - 1), 1e6),
        new Glitches(frames, burst, 1e20),
        new Glitches(frames, List.of(2_000), 3e38),
        new Glitches(frames, List.of(1_500, 1_900), Double.NaN),
        new Glitches(frames, List.of(1_500), Double.POSITIVE_INFINITY));
  }

  /** One in the middle of what a filter of this many taps looks back at from the end. */
  static Glitches inTheMiddle(int taps) {
    return new Glitches(3 * taps, List.of(taps / 2), 1e30);
  }

  /**
   * Requires that a plan in reset state, an FIR filter, gives what it gives without them wherever
   * they do not reach, and the sum itself where they do (of long filters at every some frame).
   *
   * @param tolerance relative to the largest that there could be
   */
  void require(Plan plan, double[] taps, double tolerance) {
    double[][] x = Rig.noise(plan.inputFormat(), frames, 11);
    double[] clean = Rig.run(plan, x)[0];
    plan.reset();
    for (int i = 0; i < at.size(); i++) {
      x[0][at.get(i)] = i % 2 == 0 ? size : -size;
    }
    x = Rig.rounded(plan.inputFormat(), x);
    double[] y = Rig.run(plan, x)[0];
    double scale = Arrays.stream(clean).map(Math::abs).max().orElseThrow();
    double largest = Arrays.stream(taps).map(Math::abs).max().orElseThrow() * at.size() * size;
    int step = Math.max(1, taps.length / 3_000);
    int reached = 0;
    for (int n = 0, last = -taps.length, next = 0; n < frames; n++) {
      if (next < at.size() && at.get(next) == n) {
        last = at.get(next++);
      }
      if (n - last >= taps.length) {
        assertEquals(clean[n], y[n], tolerance * scale, this + ": not reached, frame " + n);
      } else if (Double.isFinite(size)) {
        reached++;
        if (n % step > 0) {
          continue;
        }
        assertEquals(sum(taps, x[0], n), y[n], tolerance * largest, this + ": frame " + n);
      } else {
        reached++;
        assertTrue(!Double.isFinite(y[n]), this + ": reached, frame " + n + " is " + y[n]);
      }
    }
    assertTrue(reached >= Math.min(taps.length, frames - at.getFirst()), this + ": " + reached);
  }

  private static double sum(double[] taps, double[] x, int n) {
    double sum = 0;
    for (int k = 0; k < taps.length && k <= n; k++) {
      sum += taps[k] * x[n - k];
    }
    return sum;
  }

  @Override
  public String toString() {
    return at.size() + " of " + size + " from " + at.getFirst();
  }
}
