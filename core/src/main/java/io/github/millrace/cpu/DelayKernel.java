package io.github.millrace.cpu;

import io.github.millrace.backend.Step;
import io.github.millrace.host.Crew;
import io.github.millrace.plan.StageState;
import io.github.millrace.stage.Delay;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A ring of the last frames of each channel, off-heap, in float64. */
final class DelayKernel extends ChannelKernel {

  private final long delay;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment[] rings;
  private final long[] heads;
  private final Samples tail;
  private long drained;

  DelayKernel(Step step, Crew crew) {
    super(step, crew);
    delay = Math.max(0, ((Delay) step.stage()).delayFrames());
    rings = new MemorySegment[step.in().channels()];
    heads = new long[rings.length];
    tail = new Samples(BLOCK, step);
    try {
      for (int c = 0; c < rings.length; c++) {
        rings[c] = arena.allocate(ValueLayout.JAVA_DOUBLE, delay);
      }
    } catch (OutOfMemoryError e) {
      arena.close();
      throw e;
    }
  }

  @Override
  void process(int plane, Samples samples) {
    double[] x = samples.values;
    int leaving = (int) Math.min(samples.frames, delay);
    int staying = samples.frames - leaving;
    double[] newest = samples.spare;
    System.arraycopy(x, staying, newest, 0, leaving);
    System.arraycopy(x, 0, x, leaving, staying);
    MemorySegment ring = rings[plane];
    for (int done = 0; done < leaving; ) {
      long head = heads[plane];
      int part = (int) Math.min(leaving - done, delay - head);
      MemorySegment.copy(ring, ValueLayout.JAVA_DOUBLE, Double.BYTES * head, x, done, part);
      MemorySegment.copy(newest, done, ring, ValueLayout.JAVA_DOUBLE, Double.BYTES * head, part);
      heads[plane] = (head + part) % delay;
      done += part;
    }
  }

  @Override
  public long flush(CpuBlock out, long limit) {
    long count = Math.min(limit, delay - drained);
    for (int plane = 0; plane < rings.length; plane++) {
      for (long at = 0; at < count; at += tail.frames) {
        tail.range(0, (int) Math.min(BLOCK, count - at));
        for (int i = 0; i < tail.frames; i++) {
          tail.values[i] = sample(plane, drained + at + i);
        }
        out.store(plane, at, tail);
      }
    }
    drained += count;
    return count;
  }

  /** The sample at this age order, the oldest at 0. */
  private double sample(int plane, long index) {
    return rings[plane].getAtIndex(ValueLayout.JAVA_DOUBLE, (heads[plane] + index) % delay);
  }

  @Override
  public long flushFrames() {
    return delay;
  }

  @Override
  public void reset() {
    for (int c = 0; c < rings.length; c++) {
      rings[c].fill((byte) 0);
      heads[c] = 0;
    }
    drained = 0;
  }

  @Override
  public StageState state() {
    int frames = stateFrames();
    double[] values = new double[frames * rings.length];
    for (int c = 0; c < rings.length; c++) {
      for (int i = 0; i < frames; i++) {
        values[c * frames + i] = sample(c, i);
      }
    }
    return StageState.of(new int[] {rings.length, frames}, values);
  }

  @Override
  public void restore(StageState state) {
    int frames = stateFrames();
    StageState.of(new int[] {rings.length, frames}, new double[rings.length * frames])
        .requireShapeOf(state, step.stage().describe());
    double[] values = state.values();
    for (int c = 0; c < rings.length; c++) {
      MemorySegment.copy(values, c * frames, rings[c], ValueLayout.JAVA_DOUBLE, 0, frames);
      heads[c] = 0;
    }
    drained = 0;
  }

  private int stateFrames() {
    if (delay * rings.length > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          "the state of a delay of " + delay + " frames does not fit one array");
    }
    return (int) delay;
  }

  @Override
  public String describe() {
    return delay == 0 ? "copy" : "ring of " + delay + " frames";
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
