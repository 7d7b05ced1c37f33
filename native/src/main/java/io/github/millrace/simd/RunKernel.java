package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.host.Crew;
import io.github.millrace.plan.StageState;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A kernel in C whose output depends on the last frames of the input and on nothing else. The crew
 * shares out the channels; where there are fewer channels than threads and the block is long, each
 * channel's time as well, in contiguous runs.
 *
 * <p>State: the last frames of each channel after the load gain, oldest first, as doubles.
 */
abstract class RunKernel implements Kernel<CpuBlock>, Crew.Job {

  /** Time is shared out from here on: far more work than it takes to wake a thread. */
  private static final long LEAST_RUN = 1 << 13;

  /** A longer history makes time not worth sharing out: every run would need a copy of it. */
  private static final int LONGEST_SHARED = 1 << 20;

  /** Runs begin at whole cache lines wherever the block does. */
  private static final long LINE_FRAMES = 16;

  /** Contiguous frames of one channel. */
  static final class Run {
    int channel;
    long from;
    long frames;

    /** Address of the frames before it; C leaves there the last of the run. */
    long past;
  }

  /** What the kernel holds in native memory; closing the kernel frees it. */
  final Arena arena = Arena.ofShared();

  final Step step;
  final Setting setting;
  private final int channels;
  private final int past;
  private final MethodHandle copyPast;
  private final MemorySegment state;
  private final MemorySegment heads;
  private final MemorySegment gain;
  private final Run[] runOfPart;
  private final Crew.Task task;
  private final Span head = new Span();
  private CpuBlock in;
  private CpuBlock out;
  private final boolean sharesTime;
  private long first;
  private long end;
  private long runFrames;
  private int runs;

  /**
   * A kernel in its reset state.
   *
   * @param past frames of history
   */
  RunKernel(Step step, Setting setting, int past) {
    this.step = step;
    this.setting = setting;
    this.past = past;
    channels = step.in().channels();
    Crew crew = setting.crew();
    task = crew.task(this);
    sharesTime = channels < crew.size() && past <= LONGEST_SHARED;
    runOfPart = new Run[crew.expect(sharesTime ? crew.size() : channels)];
    for (int part = 0; part < runOfPart.length; part++) {
      runOfPart[part] = new Run();
    }
    String name = "millrace_past_at" + setting.suffix(step.in().type());
    copyPast = setting.library().function(name);
    long most = sharesTime ? (long) channels * runOfPart.length : 0;
    try {
      state = arena.allocate(JAVA_DOUBLE, Math.max(1, (long) channels * past));
      heads = arena.allocate(JAVA_DOUBLE, Math.max(1, most * past));
      gain = arena.allocateFrom(JAVA_DOUBLE, step.loadGain());
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** Computes what a run yields; this part of the crew does one at a time. */
  abstract void walk(int part, Run run);

  /** Where input comes from. */
  final CpuBlock in() {
    return in;
  }

  /** Where output goes. */
  final CpuBlock out() {
    return out;
  }

  /** Address of the history of a channel. */
  final long pastOfChannel(int channel) {
    return state.address() + 8L * past * channel;
  }

  /** Parts of the crew that work at once, for the scratch of each. */
  final int parts() {
    return runOfPart.length;
  }

  /** Whether so many frames of output are more than the caches hold. */
  final boolean streams(long outputFrames) {
    return setting.streams(outputFrames * channels * step.in().type().bytes());
  }

  /** Reads a block; a kernel that does not keep the length says how much it wrote. */
  @Override
  public long run(CpuBlock from, CpuBlock to, long count) {
    if (count == 0) {
      return 0;
    }
    in = from;
    out = to;
    for (first = 0; first < count; first = end) {
      cut(count - first);
      if (runs > 1) {
        saveHeads();
      }
      task.run(Math.min(runOfPart.length, channels * runs), channels * (end - first));
      for (int c = 0; c < channels && runs > 1; c++) {
        copy(heads, (c + 1L) * runs - 1, state, c);
      }
    }
    return count;
  }

  /** Frames at whose multiples within a block threads may share it out; 0 for anywhere. */
  long cellFrames() {
    return 0;
  }

  /** Shares out what is left of a block, or of it as many cells as there are threads. */
  private void cut(long left) {
    int threads = sharesTime ? runOfPart.length : 1;
    long cell = cellFrames();
    long length = left;
    runs = 1;
    runFrames = left;
    if (cell > 0) {
      runs = Math.clamp(left / cell, 1, threads);
      length = Math.min(left, runs * cell);
      runFrames = cell;
    } else if (left / threads >= Math.max(LEAST_RUN, 4L * past)) {
      runs = threads;
      runFrames = left / runs / LINE_FRAMES * LINE_FRAMES;
    }
    end = first + length;
  }

  /** Copies what lies before each run: in place, the run before it is about to be lost. */
  private void saveHeads() {
    for (int c = 0; c < channels; c++) {
      copy(state, c, heads, (long) c * runs);
      for (int r = 1; r < runs; r++) {
        head.channel(in, c, start(r) - past, past);
        NativeLibrary.call(copyPast, gain.address(), head, head, pastOf((long) c * runs + r), 0);
      }
    }
  }

  private void copy(MemorySegment source, long i, MemorySegment target, long k) {
    MemorySegment.copy(source, 8L * past * i, target, 8L * past * k, 8L * past);
  }

  private long pastOf(long item) {
    return (runs > 1 ? heads : state).address() + 8L * past * item;
  }

  private long start(int run) {
    return run == runs ? end : first + run * runFrames;
  }

  @Override
  public final void part(int part, int parts) {
    long items = (long) channels * runs;
    int last = (int) ((part + 1) * items / parts);
    Run run = runOfPart[part];
    for (int item = (int) (part * items / parts); item < last; item++) {
      run.channel = item / runs;
      run.from = start(item % runs);
      run.frames = start(item % runs + 1) - run.from;
      run.past = pastOf(item);
      walk(part, run);
    }
  }

  @Override
  public void reset() {
    state.fill((byte) 0);
  }

  @Override
  public StageState state() {
    return state(0);
  }

  /** The history with the position in the stream. */
  final StageState state(long position) {
    double[] values = state.asSlice(0, 8L * channels * past).toArray(JAVA_DOUBLE);
    return StageState.of(new int[] {channels, past}, values, position);
  }

  @Override
  public void restore(StageState other) {
    state().requireShapeOf(other, step.stage().describe());
    double[] values = other.values();
    MemorySegment.copy(values, 0, state, JAVA_DOUBLE, 0, values.length);
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
