package io.github.millrace.bench.tune;

import io.github.millrace.bench.Rounds;

/**
 * How thoroughly to measure.
 *
 * @param rounds of each measurement
 * @param longFrames of a long block of one channel; a block of many channels has as many samples
 * @param checkFrames of the signal whose output is compared with the reference's
 */
public record Effort(Rounds rounds, long longFrames, long checkFrames) {

  /** Some three minutes. */
  public static final Effort FULL =
      new Effort(new Rounds(60_000_000, 10_000_000, 9), 1 << 20, 1 << 18);

  /** Under a minute. */
  public static final Effort QUICK =
      new Effort(new Rounds(15_000_000, 3_000_000, 5), 1 << 19, 1 << 16);
}
