package io.github.millrace.choice.cost;

import io.github.millrace.backend.Step;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.stage.FrameRatio;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A step of a chain with what was measured of its kind.
 *
 * @param step what is computed
 * @param ways the kinds that may run it, at least one
 * @param ratio frames that it reads for each that the chain reads
 */
record Work(Step step, List<Way> ways, double ratio) {

  /**
   * One kind that may run a step.
   *
   * @param units of a frame
   * @param rows by number of threads, at least one
   */
  record Way(double units, TreeMap<Integer, StepCost> rows) {}

  /** Whether both paths were measured. */
  boolean hasBoth() {
    return ways.getFirst().rows().values().stream().allMatch(cost -> cost.parallel().isPresent());
  }

  /** Frames written for each that is read. */
  double stretch() {
    return FrameRatio.of(step.stage(), step.in()).map(FrameRatio::value).orElse(1.0);
  }

  /** The time of one block by the quickest kind that was measured. */
  double nanos(double frames, PlanOptions options) {
    double least = Double.POSITIVE_INFINITY;
    for (Way way : ways) {
      double sequential = Double.POSITIVE_INFINITY;
      double parallel = Double.POSITIVE_INFINITY;
      int channels = step.in().channels();
      for (StepCost cost : costs(way.rows(), options.threadCount())) {
        sequential = Math.min(sequential, cost.sequential().nanos(frames, channels, way.units()));
        if (cost.parallel().isPresent()) {
          parallel = Math.min(parallel, cost.parallel().get().nanos(frames, channels, way.units()));
        }
      }
      least = Math.min(least, taken(sequential, parallel, frames, options.threshold()));
    }
    return least;
  }

  private static double taken(
      double sequential, double parallel, double frames, OptionalLong threshold) {
    if (parallel == Double.POSITIVE_INFINITY) {
      return sequential;
    }
    if (threshold.isEmpty()) {
      return Math.min(sequential, parallel);
    }
    return frames >= threshold.getAsLong() ? parallel : sequential;
  }

  /** By so many threads: by all of them, or by one where waking the others does not pay. */
  private static List<StepCost> costs(TreeMap<Integer, StepCost> rows, int threads) {
    Map.Entry<Integer, StepCost> fewest = rows.firstEntry();
    Map.Entry<Integer, StepCost> most = rows.lastEntry();
    if (rows.size() == 1 || threads <= fewest.getKey()) {
      return List.of(fewest.getValue());
    }
    if (threads >= most.getKey()) {
      return List.of(fewest.getValue(), most.getValue());
    }
    return List.of(
        fewest.getValue(), between(fewest.getValue(), most.getValue(), most.getKey(), threads));
  }

  /** The cost of the whole machine, slowed down for fewer threads than it was measured with. */
  private static StepCost between(StepCost one, StepCost all, int most, int threads) {
    return new StepCost(
        between(one.sequential(), all.sequential(), most, threads),
        all.parallel().map(path -> between(one.parallel().orElse(path), path, most, threads)));
  }

  private static PathCost between(PathCost one, PathCost all, int most, int threads) {
    double slow = one.frameNanos() + one.unitNanos();
    double fast = all.frameNanos() + all.unitNanos();
    if (!(fast > 0 && slow > fast)) {
      return all;
    }
    double gained = 1 + (slow / fast - 1) * (threads - 1) / (most - 1);
    return all.times(slow / fast / gained);
  }
}
