package io.github.millrace.bench.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The threshold with which the lengths measured take least time, in their geometric mean: one odd
 * point does not move it.
 *
 * <p>Between two lengths the logarithm of the ratio of the two median times is interpolated over
 * the logarithm of the length. The interval holds the middle 95 % of what 1,000 resamplings of the
 * rounds give (Efron's percentile bootstrap); both paths keep their round, in which they ran one
 * after the other.
 *
 * @param frames the crossover; 0 where the parallel path is faster at all lengths, infinite where
 *     it is not even at the longest
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Crossover(double frames, double low, double high) {

  /** Faster at every length. */
  public static final double ALWAYS = 0;

  /** Not faster at the longest block. */
  public static final double NEVER = Double.POSITIVE_INFINITY;

  private static final int RESAMPLINGS = 1_000;
  private static final int CUT = RESAMPLINGS / 40;
  private static final long SEED = 20_261_121;

  /**
   * The crossover of a curve.
   *
   * @param points those of one curve with two paths, ascending in frames, at least one
   */
  public static Crossover of(List<SweepPoint> points) {
    double[] lengths = points.stream().mapToDouble(SweepPoint::frames).toArray();
    double[] gains = points.stream().mapToDouble(Crossover::gain).toArray();
    SplittableRandom random = new SplittableRandom(SEED);
    double[] resampled = new double[RESAMPLINGS];
    double[] again = new double[gains.length];
    for (int i = 0; i < RESAMPLINGS; i++) {
      Arrays.setAll(again, at -> gain(resample(points.get(at), random)));
      resampled[i] = crossing(lengths, again);
    }
    Arrays.sort(resampled);
    return new Crossover(
        crossing(lengths, gains), resampled[CUT], resampled[RESAMPLINGS - 1 - CUT]);
  }

  /** Whether the rounds leave it open which path is faster: from always to never. */
  public boolean isOpen() {
    return low == ALWAYS && high == NEVER;
  }

  /** Logarithm of how much faster the parallel path is. */
  private static double gain(SweepPoint point) {
    return Math.log(point.sequentialSeconds() / point.parallelSeconds());
  }

  private static SweepPoint resample(SweepPoint point, SplittableRandom random) {
    int rounds = point.sequential().size();
    List<Double> sequential = new ArrayList<>(rounds);
    List<Double> parallel = new ArrayList<>(rounds);
    for (int i = 0; i < rounds; i++) {
      int drawn = random.nextInt(rounds);
      sequential.add(point.sequential().get(drawn));
      parallel.add(point.parallel().get(drawn));
    }
    return new SweepPoint(point.curve(), point.frames(), sequential, parallel, point.maxError());
  }

  private static double crossing(double[] lengths, double[] gains) {
    int cut = cheapestCut(gains);
    if (cut == 0) {
      return ALWAYS;
    }
    if (cut == gains.length) {
      return NEVER;
    }
    double rise = gains[cut] - gains[cut - 1];
    double share = rise > 0 ? -gains[cut - 1] / rise : 1;
    return lengths[cut - 1] * Math.pow(lengths[cut] / lengths[cut - 1], share);
  }

  /** The index from which on the parallel path is taken where the sum of all gains is largest. */
  private static int cheapestCut(double... gains) {
    int best = gains.length;
    double sum = 0;
    double largest = 0;
    for (int i = gains.length - 1; i >= 0; i--) {
      sum += gains[i];
      if (sum > largest) {
        largest = sum;
        best = i;
      }
    }
    return best;
  }
}
