package io.github.millrace.bench.tune;

import io.github.millrace.bench.Rounds;

/**
 * How thoroughly to measure.
 *
 * @param rounds of each measurement
 * @param longFrames of a long block of one channel; a block of many channels has as many samples
 * @param checkFrames of the signal whose output is compared with the reference's
 * @param budgetNanos for all measurements; what it does not reach is left out
 */
public record Effort(Rounds rounds, long longFrames, long checkFrames, long budgetNanos) {

  /** Measurements by rounds of one kind of stage, at most; as long again is spent beside them. */
  private static final int MEASUREMENTS = 16;

  /** Below this a round is over before the clock can tell. */
  private static final double LEAST = 0.1;

  /** Some three minutes. */
  public static final Effort FULL =
      new Effort(new Rounds(60_000_000, 10_000_000, 9), 1 << 20, 1 << 18, Long.MAX_VALUE);

  /** Under a minute, whatever there is to be measured. */
  public static final Effort QUICK =
      new Effort(new Rounds(15_000_000, 3_000_000, 5), 1 << 19, 1 << 16, 50_000_000_000L);

  /** This effort, or where less time is left for one kind of stage, shorter rounds. */
  Effort within(double nanos) {
    double factor = Math.clamp(nanos / (MEASUREMENTS * rounds.nanos()), LEAST, 1);
    return factor == 1
        ? this
        : new Effort(rounds.times(factor), longFrames, checkFrames, budgetNanos);
  }
}
