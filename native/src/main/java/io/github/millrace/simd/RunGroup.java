package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.host.Crew;
import io.github.millrace.plan.Bits;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Sections for {@link Bits#REPEAT}: shares out channels among the crew, or, where there are fewer
 * channels than threads, contiguous runs of one channel, each begun in the state that the frames
 * before it leave behind.
 */
final class RunGroup extends CascadeGroup {

  /**
   * Runs shorter than this are not worth waking a thread: two of 4,096 frames took 0.8 to 1.8 times
   * as long as one of 8,192, two of 8,192 0.7 to 0.95 times as long as one of 16,384 (2-core Zen 5
   * VM, AVX-512, one and four sections, all formats, November 2026).
   */
  private static final long LEAST_RUN = 1 << 13;

  /** Runs begin at whole cache lines wherever the block does. */
  private static final long LINE_FRAMES = 16;

  /**
   * What one call of C may take of an array, in frames times the order and two for loads and
   * stores, to be over in 50 us: wide lanes take 0.11 to 0.19 ns, narrow ones 0.3 to 0.6, one frame
   * after the other 0.4 to 0.6 (2-core Zen 4 VM, November 2026).
   */
  private static final long WIDE_SLICE = 1 << 18;

  private static final long NARROW_SLICE = 1 << 16;

  private final Setting setting;
  private final MemorySegment runStates;
  private final double[] before;
  private final double[] after;
  private final Crew.Task byChannel = crew.task(this::channels);
  private final Crew.Task startStates = crew.task(this::startState);
  private final Crew.Task byRun = crew.task(this::run);
  private CpuBlock in;
  private CpuBlock out;
  private long frames;
  private long struct;
  private int channel;
  private long first;
  private long runFrames;
  private int runs;

  /** Whether runs are shorter than what the filter remembers. */
  private boolean scans;

  RunGroup(Arena arena, CascadeFunctions functions, CascadeTables tables, Shape shape) {
    super(arena, functions, tables, shape);
    setting = shape.setting();
    runStates = arena.allocate(JAVA_DOUBLE, (long) order * (work.length + 1));
    before = new double[order];
    after = new double[order];
  }

  @Override
  void run(CpuBlock from, CpuBlock to, long count, boolean parallel) {
    in = from;
    out = to;
    frames = count;
    sliceArrays(parallel && tables.isStable());
    struct = tables.address(parallel, setting.streams(count * channels * to.type().bytes()));
    if (channels >= work.length || !parallel || !tables.isStable()) {
      byChannel.run(Math.min(channels, work.length), count * channels);
      return;
    }
    for (channel = 0; channel < channels; channel++) {
      inRuns();
    }
  }

  private void sliceArrays(boolean inLanes) {
    long most = inLanes && setting.hasWideLanes() ? WIDE_SLICE : NARROW_SLICE;
    long frames = Math.max(LINE_FRAMES, most / (order + 2) / LINE_FRAMES * LINE_FRAMES);
    for (Workspace each : work) {
      each.sliceFrames = frames;
    }
  }

  private void channels(int part, int parts) {
    int begin = (int) ((long) part * channels / parts);
    int end = (int) ((part + 1L) * channels / parts);
    Span input = inputs[part];
    Span output = outputs[part];
    input.channels(in, begin, end - begin);
    output.channels(out, begin, end - begin);
    input.frames = frames;
    work[part].state = stateOf(begin);
    functions.filter(struct, input, output, work[part]);
  }

  /** One channel, in as many runs as there are threads; what is left over goes to one thread. */
  private void inRuns() {
    first = 0;
    long least = Math.max(LEAST_RUN, tables.decay().orElse(Long.MAX_VALUE));
    scans = tables.isSlow() && frames / least < 2;
    if (scans) {
      runFrames = CascadeTables.RUN;
      while (frames - first >= 2 * CascadeTables.RUN) {
        runs = (int) Math.min(work.length, (frames - first) / CascadeTables.RUN);
        round();
      }
    } else {
      runs = Math.clamp(frames / least, 1, work.length);
      runFrames = runs == 1 ? frames : frames / runs / LINE_FRAMES * LINE_FRAMES;
      round();
    }
    runFrames = frames - first;
    runs = 1;
    if (runFrames > 0) {
      round();
    }
  }

  /** Runs side by side, from {@link #first} on. */
  private void round() {
    MemorySegment.copy(state(), 8L * order * channel, runStates, 0, 8L * order);
    if (runs > 1) {
      startStates.run(runs, (runs - 1) * lookFrames());
      if (scans) {
        scan();
      }
    }
    byRun.run(runs, runs * runFrames);
    propagate();
    first += runs * runFrames;
  }

  /** Frames of a run that decide the state after it. */
  private long lookFrames() {
    return scans ? runFrames : Math.min(runFrames, tables.decay().getAsLong());
  }

  /** The state in which the run after this part's begins, as far as this part's frames make it. */
  private void startState(int part, int parts) {
    int next = part + 1;
    if (next == parts) {
      return;
    }
    long begin = first + part * runFrames;
    long skip = runFrames - lookFrames();
    runStates.asSlice(8L * order * next, 8L * order).fill((byte) 0);
    inputs[part].channel(in, channel, begin + skip, runFrames - skip);
    work[part].state = runStates.address() + 8L * order * next;
    functions.state(struct, inputs[part], work[part]);
  }

  /** Adds to each start state what the states before it become. */
  private void scan() {
    for (int next = 1; next < runs; next++) {
      MemorySegment.copy(runStates, JAVA_DOUBLE, 8L * order * (next - 1), before, 0, order);
      MemorySegment.copy(runStates, JAVA_DOUBLE, 8L * order * next, after, 0, order);
      tables.runs().orElseThrow().next(before, after);
      MemorySegment.copy(after, 0, runStates, JAVA_DOUBLE, 8L * order * next, order);
    }
  }

  private void run(int part, int parts) {
    long begin = first + part * runFrames;
    inputs[part].channel(in, channel, begin, runFrames);
    outputs[part].channel(out, channel, begin, runFrames);
    work[part].state = runStates.address() + 8L * order * part;
    functions.filter(struct, inputs[part], outputs[part], work[part]);
  }

  /** Keeps the last state; once a state is not finite, all that follows is NaN. */
  private void propagate() {
    for (int part = 0; part < runs - 1; part++) {
      if (!isFinite(part)) {
        spoil(part + 1);
        break;
      }
    }
    MemorySegment.copy(
        runStates, 8L * order * (runs - 1), state(), 8L * order * channel, 8L * order);
  }

  private boolean isFinite(int run) {
    for (int i = 0; i < order; i++) {
      if (!Double.isFinite(runStates.getAtIndex(JAVA_DOUBLE, (long) order * run + i))) {
        return false;
      }
    }
    return true;
  }

  private void spoil(int run) {
    spoil(out, channel, first + run * runFrames, (runs - run) * runFrames);
    for (int i = 0; i < order; i++) {
      runStates.setAtIndex(JAVA_DOUBLE, (long) order * (runs - 1) + i, Double.NaN);
    }
  }
}
