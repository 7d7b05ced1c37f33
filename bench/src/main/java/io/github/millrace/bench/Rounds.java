package io.github.millrace.bench;

import java.util.Arrays;

/**
 * Times tasks in turn, round after round, so that what else the machine does befalls all alike.
 * Each task is warmed up first, and in every round called so often that the clock can tell.
 *
 * @param warmUpNanos how long each task is warmed up at least
 * @param turnNanos how long a task is called again and again in a round
 * @param most number of rounds, at least 3; fewer, but not below 3, where they take long
 * @param budgetNanos after this long no further round is begun, once there are 3
 */
public record Rounds(long warmUpNanos, long turnNanos, int most, long budgetNanos) {

  private static final long TURN_NANOS = 20_000_000;
  private static final long BUDGET_NANOS = 4_000_000_000L;

  /** For a figure to be read. */
  public static final Rounds THOROUGH = new Rounds(200_000_000, TURN_NANOS, 15);

  /** For a yardstick to be taken again and again. */
  public static final Rounds SHORT = new Rounds(0, TURN_NANOS, 5);

  private static final int LEAST = 3;
  private static final int MOST_CALLS = 1_000_000;

  /** Rounds of at most 4 s in all. */
  public Rounds(long warmUpNanos, long turnNanos, int most) {
    this(warmUpNanos, turnNanos, most, BUDGET_NANOS);
  }

  /** These rounds in another time; as many of them. */
  public Rounds times(double factor) {
    long warmUp = Math.round(warmUpNanos * factor);
    return new Rounds(warmUp, Math.round(turnNanos * factor), most, budgetNanos);
  }

  /** What the rounds of one task take that is short itself. */
  public long nanos() {
    return warmUpNanos + most * turnNanos;
  }

  /** The median time of one call of each task, in seconds. */
  public double[] medianSeconds(Runnable... tasks) {
    return Arrays.stream(seconds(tasks)).mapToDouble(Rounds::median).toArray();
  }

  /**
   * The least time of one call of each task, in seconds: what it takes where nothing else disturbs.
   */
  public double[] leastSeconds(Runnable... tasks) {
    return Arrays.stream(seconds(tasks))
        .mapToDouble(rounds -> Arrays.stream(rounds).min().orElseThrow())
        .toArray();
  }

  /** The time of one call of each task in each round, in seconds: one row per task. */
  public double[][] seconds(Runnable... tasks) {
    int[] calls = new int[tasks.length];
    for (int i = 0; i < tasks.length; i++) {
      calls[i] = warmUp(tasks[i]);
    }
    double[][] seconds = new double[tasks.length][most];
    long begin = System.nanoTime();
    int rounds = 0;
    while (rounds < LEAST || (rounds < most && System.nanoTime() - begin < budgetNanos)) {
      for (int i = 0; i < tasks.length; i++) {
        seconds[i][rounds] = nanos(tasks[i], calls[i]) * 1e-9 / calls[i];
      }
      rounds++;
    }
    for (int i = 0; i < tasks.length; i++) {
      seconds[i] = Arrays.copyOf(seconds[i], rounds);
    }
    return seconds;
  }

  /** The middle value; of two, the mean. */
  public static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half]);
  }

  /** Calls a task until it is warm; returns how many calls make a turn, by the last few calls. */
  private int warmUp(Runnable task) {
    long begin = System.nanoTime();
    double[] last = new double[LEAST];
    int done = 0;
    do {
      last[done++ % LEAST] = nanos(task, 1);
    } while (done < LEAST || System.nanoTime() - begin < warmUpNanos);
    return (int) Math.clamp(turnNanos / Math.max(1, median(last)), 1, MOST_CALLS);
  }

  private static long nanos(Runnable task, int calls) {
    long begin = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      task.run();
    }
    return System.nanoTime() - begin;
  }
}
