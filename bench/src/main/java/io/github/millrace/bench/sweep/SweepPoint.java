package io.github.millrace.bench.sweep;

import io.github.millrace.bench.Rounds;
import java.util.List;

/**
 * What was measured of a curve at one length.
 *
 * @param curve the curve
 * @param frames frames of every forward
 * @param sequential seconds of one forward, frame after frame or by the only path there is, round
 *     by round
 * @param parallel seconds of one forward parallel in time, in the same rounds; empty where there is
 *     one path only
 * @param maxError largest difference from the Java reference, relative to its peak
 */
public record SweepPoint(
    SweepCurve curve,
    long frames,
    List<Double> sequential,
    List<Double> parallel,
    double maxError) {

  /** Checks the rounds. */
  public SweepPoint {
    sequential = List.copyOf(sequential);
    parallel = List.copyOf(parallel);
    int rounds = sequential.size();
    if (rounds == 0 || (!parallel.isEmpty() && parallel.size() != rounds)) {
      throw new IllegalArgumentException(
          "sequential has "
              + rounds
              + " rounds and parallel "
              + parallel.size()
              + ", expected as many, or none of the parallel path");
    }
  }

  /** Whether there are two paths. */
  public boolean hasParallel() {
    return !parallel.isEmpty();
  }

  /** Median time of the sequential path, in seconds. */
  public double sequentialSeconds() {
    return median(sequential);
  }

  /** Median time of the parallel path, in seconds; NaN where there is none. */
  public double parallelSeconds() {
    return hasParallel() ? median(parallel) : Double.NaN;
  }

  /** Median time of the faster path, in seconds. */
  public double fasterSeconds() {
    return hasParallel() ? Math.min(sequentialSeconds(), parallelSeconds()) : sequentialSeconds();
  }

  /** Median time of the slower path, in seconds. */
  public double slowerSeconds() {
    return hasParallel() ? Math.max(sequentialSeconds(), parallelSeconds()) : sequentialSeconds();
  }

  /** Samples per second of the faster path, all channels together. */
  public double samplesPerSecond() {
    return frames * curve.channels() / fasterSeconds();
  }

  /** Whether one path was faster in every round. */
  boolean isDecided() {
    int wins = 0;
    for (int i = 0; i < parallel.size(); i++) {
      wins += parallel.get(i) < sequential.get(i) ? 1 : 0;
    }
    return wins == 0 || wins == parallel.size();
  }

  private static double median(List<Double> seconds) {
    return Rounds.median(seconds.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
