package io.github.millrace.run;

import io.github.millrace.io.SignalReader;
import io.github.millrace.io.SignalWriter;
import io.github.millrace.run.Turns.Work;

/** Adds up what the threads of a run spend on each kind of work; guarded by the turns. */
final class RunClock {

  private final SignalReader source;
  private final SignalWriter sink;
  private final long[] nanos = new long[Work.KINDS];
  private final long[] busyNanos = new long[nanos.length];
  private final long began = System.nanoTime();
  private final long readBefore;
  private final long writtenBefore;
  private long carriedNanos;
  private long filterRest;
  private long writeRest;

  /** A clock that starts now. */
  RunClock(SignalReader source, SignalWriter sink) {
    this.source = source;
    this.sink = sink;
    readBefore = source.waitedNanos();
    writtenBefore = sink.waitedNanos();
  }

  /** Nanoseconds since the start. */
  long elapsedNanos() {
    return System.nanoTime() - began;
  }

  /**
   * Ends a thread's work of one kind.
   *
   * @param since when it began to wait for its turn
   * @param turn when its turn came
   * @return now
   */
  long add(Work work, long since, long turn) {
    long now = System.nanoTime();
    nanos[work.place()] += now - since;
    busyNanos[work.place()] += now - turn;
    return now;
  }

  /** All blocks are through. */
  void carried() {
    carriedNanos = elapsedNanos();
  }

  /** The plan is flushed. */
  void flushed() {
    filterRest = elapsedNanos() - carriedNanos;
  }

  /** The output is complete. */
  void committed() {
    writeRest = elapsedNanos() - carriedNanos - filterRest;
  }

  /** What came of it. */
  RunTimes times() {
    double sum = 0;
    for (long part : nanos) {
      sum += part;
    }
    double scale = sum == 0 ? 0 : 1e-9 * carriedNanos / sum;
    double in = scale * nanos[Work.READ.place()];
    double out = scale * nanos[Work.WRITE.place()];
    double read = in * share(Work.READ, source.waitedNanos() - readBefore);
    double write = out * share(Work.WRITE, sink.waitedNanos() - writtenBefore);
    double filter = scale * nanos[Work.FILTER.place()];
    double transfer = scale * (nanos[Work.UPLOAD.place()] + nanos[Work.DOWNLOAD.place()]);
    return new RunTimes(
        read,
        in - read + out - write,
        transfer,
        filter + 1e-9 * filterRest,
        write + 1e-9 * writeRest);
  }

  private double share(Work work, long waited) {
    long busy = busyNanos[work.place()];
    return busy == 0 ? 0 : Math.clamp((double) waited / busy, 0, 1);
  }
}
