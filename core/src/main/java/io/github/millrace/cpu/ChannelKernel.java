package io.github.millrace.cpu;

import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.host.Crew;

/**
 * A kernel that treats every plane alike and writes as many frames as it reads: shares out the
 * planes among the crew and walks each in blocks of doubles that stay in the first-level cache.
 */
abstract class ChannelKernel implements Kernel<CpuBlock>, Crew.Job {

  /** 16 KiB of doubles beside 8 KiB of floats: half of a 48 KiB first-level cache. */
  static final int BLOCK = 2048;

  final Step step;
  private final Crew.Task task;
  private final Samples[] work;
  private CpuBlock in;
  private CpuBlock out;
  private long frames;

  /** Frames read before this block. */
  private long position;

  ChannelKernel(Step step, Crew crew) {
    this.step = step;
    task = crew.task(this);
    work = new Samples[crew.expect(step.in().planes())];
    for (int i = 0; i < work.length; i++) {
      work[i] = new Samples(BLOCK, step);
    }
  }

  /** Filters {@code samples} in place and carries the state of this plane on. */
  abstract void process(int plane, Samples samples);

  /** Frames read since reset. */
  final long position() {
    return position;
  }

  /** Goes to another place in the stream. */
  final void move(long frame) {
    position = frame;
  }

  @Override
  public final long run(CpuBlock from, CpuBlock to, long count) {
    in = from;
    out = to;
    frames = count;
    task.run(work.length, count * step.in().planes());
    position += count;
    return count;
  }

  @Override
  public final boolean reachesHeap() {
    return true;
  }

  @Override
  public final void part(int part, int parts) {
    int planes = step.in().planes();
    Samples samples = work[part];
    int end = (int) ((part + 1L) * planes / parts);
    for (int plane = (int) ((long) part * planes / parts); plane < end; plane++) {
      run(plane, samples, frames);
    }
  }

  /** Filters the block of a plane. */
  void run(int plane, Samples samples, long count) {
    walk(plane, samples, 0, count);
  }

  /** Filters {@code count} frames of a plane. */
  final void walk(int plane, Samples samples, long from, long count) {
    long end = from + count;
    for (long at = from; at < end; at += samples.frames) {
      read(plane, samples, at, end);
      process(plane, samples);
      out.store(plane, at, samples);
    }
  }

  /** Loads the next of the frames up to {@code end}. */
  final void read(int plane, Samples samples, long at, long end) {
    samples.range(0, (int) Math.min(BLOCK - (position + at) % BLOCK, end - at));
    samples.place = position + at;
    in.load(plane, at, samples);
  }
}
