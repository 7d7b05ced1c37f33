package io.github.millrace.cpu;

import io.github.millrace.backend.Step;
import io.github.millrace.design.Sos;
import io.github.millrace.design.state.CellFold;
import io.github.millrace.host.Crew;
import io.github.millrace.plan.Bits;
import io.github.millrace.signal.SampleType;
import io.github.millrace.stage.SosCascade;
import java.util.Arrays;
import java.util.Optional;

/**
 * A cascade cell by cell, for {@link Bits#GRID}: a cell begins where {@link CellFold} says, not
 * where rounding left the one before. A shorter one, and every cell of a filter that is not stable,
 * hands its state on.
 */
final class CellCascadeKernel extends CascadeKernel {

  private final Optional<CellFold> fold;
  private final double[][] ends;
  private final double[][] starts;

  CellCascadeKernel(Step step, Crew crew) {
    super(step, crew, Bits.GRID);
    Sos sos = ((SosCascade) step.stage()).sos();
    fold = CellFold.of(sos, eps(step.in().type()), Bits.CELL);
    ends = new double[state.length][2 * sos.sections()];
    starts = new double[state.length][2 * sos.sections()];
  }

  /** What of a state counts as nothing beside samples of a type. */
  private static double eps(SampleType type) {
    return type == SampleType.FLOAT64 ? 1e-17 : 1e-12;
  }

  @Override
  void run(int plane, Samples samples, long frames) {
    long count;
    for (long at = 0; at < frames; at += count) {
      count = Math.min(Bits.CELL, frames - at);
      if (fold.isPresent() && count == Bits.CELL) {
        cell(plane, samples, at);
      } else {
        walk(plane, samples, at, count);
      }
    }
  }

  private void cell(int plane, Samples samples, long at) {
    double[] s = state[plane];
    double[] end = ends[plane];
    System.arraycopy(s, 0, starts[plane], 0, s.length);
    Arrays.fill(s, 0);
    long stop = at + Bits.CELL;
    for (long i = stop - fold.get().lookFrames(); i < stop; i += samples.frames) {
      read(plane, samples, i, stop);
      process(plane, samples);
    }
    System.arraycopy(s, 0, end, 0, s.length);
    System.arraycopy(starts[plane], 0, s, 0, s.length);
    walk(plane, samples, at, Bits.CELL);
    boolean finite = CellFold.isFinite(s);
    fold.get().next(starts[plane], end);
    System.arraycopy(end, 0, s, 0, s.length);
    if (!finite) {
      Arrays.fill(s, Double.NaN);
    }
  }

  @Override
  public String describe() {
    return super.describe() + ", in cells of " + Bits.CELL + " frames";
  }
}
