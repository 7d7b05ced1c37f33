package io.github.millrace.choice.cost;

/**
 * The time that one way of running a stage takes: {@code overhead + frames (frame + units unit)
 * max(1, channels / channelsAtOnce)}.
 *
 * @param overheadNanos of every block
 * @param frameNanos of every frame
 * @param unitNanos of every frame and unit, such as a section
 * @param channelsAtOnce channels that take as long as one, at least 1
 */
public record PathCost(
    double overheadNanos, double frameNanos, double unitNanos, double channelsAtOnce) {

  /** Checks the ranges. */
  public PathCost {
    requireTime("overhead", overheadNanos);
    requireTime("time of a frame", frameNanos);
    requireTime("time of a unit", unitNanos);
    if (!(channelsAtOnce >= 1 && channelsAtOnce < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "channels at once is " + channelsAtOnce + ", expected at least 1");
    }
  }

  private static void requireTime(String what, double nanos) {
    if (!(nanos >= 0 && nanos < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + " is " + nanos + " ns, expected at least 0");
    }
  }

  /** The time of a block of frames, in nanoseconds. */
  public double nanos(double frames, int channels, double units) {
    return overheadNanos
        + frames * (frameNanos + units * unitNanos) * Math.max(1, channels / channelsAtOnce);
  }

  /** This cost with every frame and unit taking {@code factor} times as long. */
  PathCost times(double factor) {
    return new PathCost(overheadNanos, factor * frameNanos, factor * unitNanos, channelsAtOnce);
  }
}
