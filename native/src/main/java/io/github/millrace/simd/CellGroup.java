package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.design.state.CellFold;
import io.github.millrace.host.Crew;
import io.github.millrace.plan.Bits;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sections for {@link Bits#GRID}: one call of C for each cell of each channel, begun in the state
 * that {@link CellFold} says. The crew shares out cells, as many channels by as many cells as there
 * are threads for. A shorter cell, and every cell of a filter that is not stable, hands its state
 * on.
 */
final class CellGroup extends CascadeGroup {

  private final Optional<CellFold> fold;
  private final int most;
  private final MemorySegment states;
  private final double[] start;
  private final double[] end;
  private final Crew.Task endStates = crew.task(this::endStates);
  private final Crew.Task filters = crew.task(this::filters);
  private CpuBlock in;
  private CpuBlock out;
  private long struct;
  private long first;
  private long cellFrames;
  private int cells;

  CellGroup(Arena arena, CascadeFunctions functions, CascadeTables tables, Shape shape) {
    super(arena, functions, tables, shape);
    fold = CellFold.of(shape.sos(), tables.eps(), Bits.CELL);
    most = fold.isPresent() ? Math.ceilDiv(work.length, channels) : 1;
    states = arena.allocate(JAVA_DOUBLE, (long) order * channels * most);
    start = new double[order];
    end = new double[order];
  }

  @Override
  void run(CpuBlock from, CpuBlock to, long count, boolean parallel) {
    in = from;
    out = to;
    struct = tables.address(parallel, false);
    for (first = 0; first < count; first += cells * cellFrames) {
      cells = Math.clamp((count - first) / Bits.CELL, 1, most);
      cellFrames = Math.min(Bits.CELL, count - first);
      round(fold.isPresent() && cellFrames == Bits.CELL);
    }
  }

  private void round(boolean folds) {
    int threads = Math.min(work.length, channels * cells);
    if (folds) {
      states.fill((byte) 0);
      endStates.run(threads);
    }
    for (int channel = 0; channel < channels; channel++) {
      begin(channel, folds);
    }
    filters.run(threads, (long) channels * cells * cellFrames);
    for (int channel = 0; channel < channels; channel++) {
      finish(channel, folds);
    }
  }

  /** Makes of the states in which cells end those in which they begin, and keeps the one after. */
  private void begin(int channel, boolean folds) {
    take(state(), channel, start);
    for (int cell = 0; cell < cells; cell++) {
      int item = channel * cells + cell;
      take(states, item, end);
      put(start, states, item);
      if (folds) {
        fold.get().next(start, end);
        System.arraycopy(end, 0, start, 0, order);
      }
    }
    put(start, state(), channel);
  }

  /** Once a cell has ended in a state that is not finite, all that follows is NaN. */
  private void finish(int channel, boolean folds) {
    for (int cell = 0; cell < cells; cell++) {
      take(states, channel * cells + cell, end);
      if (!folds) {
        put(end, state(), channel);
      } else if (!CellFold.isFinite(end)) {
        long from = first + (cell + 1) * cellFrames;
        spoil(out, channel, from, (cells - cell - 1) * cellFrames);
        Arrays.fill(end, Double.NaN);
        put(end, state(), channel);
        return;
      }
    }
  }

  private void take(MemorySegment from, int item, double[] to) {
    MemorySegment.copy(from, JAVA_DOUBLE, 8L * order * item, to, 0, order);
  }

  private void put(double[] from, MemorySegment to, int item) {
    MemorySegment.copy(from, 0, to, JAVA_DOUBLE, 8L * order * item, order);
  }

  private void endStates(int part, int parts) {
    long look = fold.get().lookFrames();
    int items = channels * cells;
    for (int item = part * items / parts; item < (part + 1) * items / parts; item++) {
      long stop = first + (item % cells + 1) * cellFrames;
      inputs[part].channel(in, item / cells, stop - look, look);
      work[part].state = states.address() + 8L * order * item;
      functions.state(struct, inputs[part], work[part]);
    }
  }

  private void filters(int part, int parts) {
    int items = channels * cells;
    for (int item = part * items / parts; item < (part + 1) * items / parts; item++) {
      long from = first + item % cells * cellFrames;
      inputs[part].channel(in, item / cells, from, cellFrames);
      outputs[part].channel(out, item / cells, from, cellFrames);
      work[part].state = states.address() + 8L * order * item;
      functions.filter(struct, inputs[part], outputs[part], work[part]);
    }
  }
}
