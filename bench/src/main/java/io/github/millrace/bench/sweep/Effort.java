package io.github.millrace.bench.sweep;

import io.github.millrace.bench.Rounds;

/**
 * How long to look at each point.
 *
 * @param warmUpNanos how long each path of a curve runs before its first point
 * @param rounds the rounds of a point
 * @param most how often they are repeated at most while neither path was faster in all of them
 * @param limitNanos after this long the rest is left out; 0 is without a limit
 */
public record Effort(long warmUpNanos, Rounds rounds, int most, long limitNanos) {

  private static final long MILLI = 1_000_000;

  /** Each point half a second or more. */
  public static final Effort FULL =
      new Effort(300 * MILLI, new Rounds(40 * MILLI, 15 * MILLI, 9, 1500 * MILLI), 3, 0);

  /** Each point some fifty milliseconds, all within 50 seconds. */
  public static final Effort QUICK =
      new Effort(100 * MILLI, new Rounds(3 * MILLI, 3 * MILLI, 5, 200 * MILLI), 2, 50_000 * MILLI);
}
