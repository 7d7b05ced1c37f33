package io.github.millrace.host;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The cores that threads outside all crews are at work on, reading and writing, so that no crew
 * wakes a thread for a core that has work. Any thread.
 */
public final class Cores {

  private static final int ALL = Runtime.getRuntime().availableProcessors();
  private static final AtomicInteger TAKEN = new AtomicInteger();

  private Cores() {}

  /** This thread is at work until {@link #giveBack}. */
  public static void take() {
    TAKEN.getAndIncrement();
  }

  /** The work that {@link #take} began is done. */
  public static void giveBack() {
    TAKEN.getAndDecrement();
  }

  /** Those left for helpers of one who is at work itself; no limit where nobody has taken any. */
  static int left() {
    return left(ALL, TAKEN.get());
  }

  static int left(int all, int taken) {
    return taken <= 0 ? Integer.MAX_VALUE : Math.max(0, all - 1 - taken);
  }
}
