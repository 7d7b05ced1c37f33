package io.github.millrace.cli.text;

import io.github.millrace.run.Progress;
import io.github.millrace.run.ProgressListener;
import java.io.PrintStream;

/** Shows on the error stream how far a run is: a bar on a terminal, or plain lines. */
public final class ProgressDisplay implements ProgressListener {

  /** When and how to show it. */
  public enum Mode {
    /** A bar, if the error stream is a terminal. */
    AUTO,
    /** Nothing. */
    OFF,
    /** A line of text now and then. */
    PLAIN
  }

  private static final int WIDTH = 30;
  private static final long BAR_NANOS = 200_000_000L;
  private static final long LINE_NANOS = 1_000_000_000L;

  /** Runs shorter than this show nothing. */
  private static final long QUIET_NANOS = 500_000_000L;

  private final PrintStream err;
  private final double sampleRate;
  private Mode mode;
  private boolean known;
  private long next;
  private boolean drawn;

  /**
   * A display.
   *
   * @param err where to show it
   * @param mode when and how
   * @param sampleRate of the input, in Hz; 0 where unknown
   */
  public ProgressDisplay(PrintStream err, Mode mode, double sampleRate) {
    this.err = err;
    this.mode = mode;
    this.sampleRate = sampleRate;
    next = mode == Mode.PLAIN ? 0 : QUIET_NANOS;
  }

  @Override
  public void progress(Progress progress) {
    if (mode == Mode.OFF || progress.elapsedNanos() < next) {
      return;
    }
    if (mode == Mode.PLAIN) {
      err.println(line(progress));
      next = progress.elapsedNanos() + LINE_NANOS;
      return;
    }
    if (!known) {
      known = true;
      if (!Terminal.isWatched()) {
        mode = Mode.OFF;
        return;
      }
    }
    err.print("\r" + bar(progress) + line(progress) + "\u001b[K");
    err.flush();
    drawn = true;
    next = progress.elapsedNanos() + BAR_NANOS;
  }

  /** Takes the bar away, so that the next line starts clean. */
  public void clear() {
    if (drawn) {
      err.print("\r\u001b[K");
      err.flush();
      drawn = false;
    }
  }

  private static String bar(Progress progress) {
    return progress.totalFrames() < 0 ? "" : bar(progress.fraction());
  }

  /** A bar for a share from 0 to 1, with a space behind. */
  public static String bar(double fraction) {
    int filled = (int) (WIDTH * fraction);
    return "[" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] ";
  }

  private String line(Progress progress) {
    StringBuilder text = new StringBuilder();
    boolean bounded = progress.totalFrames() >= 0;
    if (bounded) {
      text.append(Figures.fixed(100 * progress.fraction(), 0)).append("%, ");
    }
    text.append(Figures.count(progress.frames())).append(" frames");
    double speed = progress.framesPerSecond();
    if (speed > 0 && sampleRate > 0) {
      text.append(", ").append(Figures.rounded(speed / sampleRate)).append(" times real time");
    } else if (speed > 0) {
      text.append(", ").append(Figures.rounded(speed * 1e-6)).append(" M frames/s");
    }
    if (bounded && speed > 0) {
      text.append(", ").append(Figures.clock(progress.secondsLeft())).append(" left");
    }
    return text.toString();
  }
}
