package io.github.millrace.bench.tune;

import io.github.millrace.choice.cost.PathCost;

/**
 * The line through measured times: what a block costs, what a frame and a unit add.
 *
 * @param overheadNanos of a block
 * @param slope of a frame of one channel of little work, in nanoseconds
 */
record Fit(double overheadNanos, double slope) {

  /** Through the times of a short and of a long block. */
  static Fit of(double[] frames, double[] nanos, int channels) {
    double slope = Math.max(0, (nanos[1] - nanos[0]) / (frames[1] - frames[0]));
    return new Fit(Math.max(0, nanos[0] - slope * frames[0]), slope / channels);
  }

  /** What a frame of one channel takes in a block of this length. */
  double slopeOf(double nanos, double frames, int channels) {
    return Math.max(0, nanos - overheadNanos) / frames / channels;
  }

  /**
   * With much work measured too.
   *
   * @param units of little and of much work
   * @param much what a frame of much work takes
   * @param channelsAtOnce as many as take as long as one
   */
  PathCost cost(double[] units, double much, double channelsAtOnce) {
    double unit = units[1] > units[0] ? Math.max(0, (much - slope) / (units[1] - units[0])) : 0;
    double frame = slope - unit * units[0];
    if (frame < 0) {
      // More than in proportion: much work is where the time goes.
      return new PathCost(overheadNanos, 0, much / units[1], channelsAtOnce);
    }
    return new PathCost(overheadNanos, frame, unit, channelsAtOnce);
  }
}
