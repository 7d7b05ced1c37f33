package io.github.millrace.cli.sweep;

import io.github.millrace.bench.sweep.Sweep;
import io.github.millrace.bench.sweep.SweepCurve;
import io.github.millrace.bench.sweep.SweepListener;
import io.github.millrace.bench.sweep.SweepPoint;
import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.text.OnExit;
import io.github.millrace.cli.text.ProgressDisplay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs a sweep, tells how far it is, and keeps its files up to date. */
public final class SweepRun {

  private static final long WRITE_NANOS = 10_000_000_000L;

  private final Sweep sweep;
  private final SweepOutputs outputs;
  private final Streams streams;
  private final Map<String, String> skipped = new LinkedHashMap<>();
  private boolean right = true;

  /** A run of a sweep into files. */
  public SweepRun(Sweep sweep, SweepOutputs outputs, Streams streams) {
    this.sweep = sweep;
    this.outputs = outputs;
    this.streams = streams;
  }

  /**
   * Does it. A process that is told to end writes the files first.
   *
   * @return whether every output was right
   */
  public boolean run(ProgressDisplay.Mode mode) throws IOException {
    SweepProgress progress = new SweepProgress(streams, mode);
    boolean complete;
    try (var _ = new OnExit(() -> keep(progress))) {
      complete = sweep.run(new Ear(progress), () -> false);
      outputs.note(sweep.points());
      outputs.write(complete && right);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      progress.clear();
    }
    new SweepTable(sweep.points()).lines().forEach(streams.out()::println);
    skipped.forEach((backend, reason) -> tell("left out: " + backend + ": " + reason));
    if (!complete) {
      tell("the minute is over: not all points are measured, --resume goes on from --json");
    }
    outputs.names().forEach(file -> tell("wrote " + file));
    return right;
  }

  private void keep(SweepProgress progress) {
    progress.clear();
    if (!outputs.any()) {
      return;
    }
    try {
      outputs.write(false);
      tell("interrupted; what is measured is kept");
    } catch (IOException e) {
      tell(e.toString());
    }
  }

  private void tell(String line) {
    streams.err().println("millrace sweep: " + line);
  }

  private final class Ear implements SweepListener {

    private final SweepProgress progress;
    private long written = System.nanoTime();

    Ear(SweepProgress progress) {
      this.progress = progress;
    }

    @Override
    public void begins(SweepCurve curve, long frames, double done) {
      progress.show(curve, frames, done);
    }

    @Override
    public void measured(SweepPoint point) {
      outputs.note(sweep.points());
      if (System.nanoTime() - written > WRITE_NANOS) {
        try {
          outputs.write(false);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        written = System.nanoTime();
      }
    }

    @Override
    public void skipped(SweepCurve curve, String reason) {
      skipped.putIfAbsent(curve.backend() + " " + curve.arithmetic().label(), reason);
    }

    @Override
    public void failed(SweepCurve curve, String reason) {
      right = false;
      progress.clear();
      tell("WRONG: " + curve.describe() + ": " + reason);
    }
  }
}
