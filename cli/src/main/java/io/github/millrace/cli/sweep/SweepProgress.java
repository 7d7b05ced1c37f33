package io.github.millrace.cli.sweep;

import io.github.millrace.bench.sweep.SweepCurve;
import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.text.Figures;
import io.github.millrace.cli.text.ProgressDisplay;
import io.github.millrace.cli.text.ProgressDisplay.Mode;
import io.github.millrace.cli.text.Terminal;

/** Shows how far a sweep is, and for how long it still goes on. */
final class SweepProgress {

  private static final long LINE_NANOS = 1_000_000_000L;

  /** Before this share an estimate means nothing. */
  private static final double SOON = 0.01;

  private final Streams streams;
  private final Mode mode;
  private final long begin = System.nanoTime();
  private double first = -1;
  private long next;

  /** Progress on an error stream; a bar only where someone watches it. */
  SweepProgress(Streams streams, Mode mode) {
    this.streams = streams;
    boolean unwatched = mode == Mode.AUTO && !(streams.standard() && Terminal.isWatched());
    this.mode = unwatched ? Mode.OFF : mode;
  }

  /** A point is next, when so much of the work is done. */
  void show(SweepCurve curve, long frames, double done) {
    first = first < 0 ? done : first;
    long elapsed = System.nanoTime() - begin;
    if (mode == Mode.OFF || (mode == Mode.PLAIN && elapsed < next)) {
      return;
    }
    String line =
        Figures.fixed(100 * done, 0)
            + "%, "
            + curve.describe()
            + ", "
            + Figures.count(frames)
            + " frames"
            + left(elapsed * 1e-9, done);
    if (mode == Mode.PLAIN) {
      streams.err().println(line);
      next = elapsed + LINE_NANOS;
    } else {
      tell("\r" + ProgressDisplay.bar(done) + line + "\u001b[K");
    }
  }

  private String left(double seconds, double done) {
    double share = done - first;
    return share < SOON ? "" : ", " + Figures.clock(seconds * (1 - done) / share) + " left";
  }

  /** Takes the bar away. */
  void clear() {
    if (mode == Mode.AUTO) {
      tell("\r\u001b[K");
    }
  }

  private void tell(String text) {
    streams.err().print(text);
    streams.err().flush();
  }
}
