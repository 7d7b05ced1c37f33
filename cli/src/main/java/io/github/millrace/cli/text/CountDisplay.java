package io.github.millrace.cli.text;

import java.io.PrintStream;

/** Shows on a terminal how many of many things are done, and how long the rest will take. */
public final class CountDisplay {

  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 100_000_000L;

  private final PrintStream err;
  private final boolean shown;
  private final long began = System.nanoTime();
  private long drawnAt = Long.MIN_VALUE;

  /**
   * A display.
   *
   * @param err where to show it
   * @param shown whether anybody watches
   */
  public CountDisplay(PrintStream err, boolean shown) {
    this.err = err;
    this.shown = shown;
  }

  /**
   * Shows the state.
   *
   * @param done of {@code total}
   * @param next what comes, a few words
   */
  public void show(int done, int total, String next) {
    long now = System.nanoTime();
    if (!shown || (drawnAt != Long.MIN_VALUE && now - drawnAt < REDRAW_NANOS)) {
      return;
    }
    drawnAt = now;
    err.print("\r" + line(done, total, (now - began) * 1e-9, next) + "\u001b[K");
    err.flush();
  }

  /** The line, for {@code seconds} since the start. */
  static String line(int done, int total, double seconds, String next) {
    int filled = WIDTH * done / Math.max(1, total);
    String left = done == 0 ? "" : ", " + Figures.clock(seconds / done * (total - done)) + " left";
    return "["
        + "#".repeat(filled)
        + "-".repeat(WIDTH - filled)
        + "] "
        + done
        + " of "
        + total
        + left
        + ": "
        + next;
  }

  /** Takes the line away, so that the next one starts clean. */
  public void clear() {
    if (drawnAt != Long.MIN_VALUE) {
      err.print("\r\u001b[K");
      err.flush();
      drawnAt = Long.MIN_VALUE;
    }
  }
}
