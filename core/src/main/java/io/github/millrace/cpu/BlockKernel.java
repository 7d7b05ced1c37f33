package io.github.millrace.cpu;

import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.host.Crew;
import io.github.millrace.plan.StageState;
import java.util.Arrays;

/**
 * A kernel that collects blocks of a fixed length and turns each into frames of another length. The
 * crew shares out the channels. At flush a last partial block is completed with zeros.
 *
 * <p>State: [planes][block], the frames of the block not yet complete, oldest first and then zeros;
 * its position is how many they are.
 */
abstract class BlockKernel implements Kernel<CpuBlock>, Crew.Job {

  final Step step;
  private final Crew.Task task;
  private final int size;
  private final int yield;
  private final Samples[] pending;
  private int fill;
  private CpuBlock in;
  private CpuBlock out;
  private long frames;

  /**
   * A kernel in its reset state.
   *
   * @param size frames per block
   * @param yield frames written for each block
   */
  BlockKernel(Step step, Crew crew, int size, int yield) {
    this.step = step;
    task = crew.task(this);
    this.size = size;
    this.yield = yield;
    pending = new Samples[step.in().planes()];
    for (int plane = 0; plane < pending.length; plane++) {
      pending[plane] = new Samples(size, step);
    }
  }

  /**
   * Turns the complete block of a channel into output; the block may be lost.
   *
   * @param at the frame of {@code to} to write to
   */
  abstract void complete(int part, int channel, CpuBlock to, long at);

  /** The block of a plane. */
  final double[] block(int plane) {
    return pending[plane].values;
  }

  private int planesPerChannel() {
    return pending.length / step.in().channels();
  }

  @Override
  public final long run(CpuBlock from, CpuBlock to, long count) {
    in = from;
    out = to;
    frames = count;
    task.run(step.in().channels(), count * step.in().planes());
    long blocks = count / size + (fill + count % size) / size;
    fill = (int) ((fill + count % size) % size);
    return blocks * yield;
  }

  @Override
  public final boolean reachesHeap() {
    return true;
  }

  @Override
  public final void part(int part, int parts) {
    long channels = step.in().channels();
    int end = (int) ((part + 1) * channels / parts);
    for (int channel = (int) (part * channels / parts); channel < end; channel++) {
      collect(part, channel);
    }
  }

  private void collect(int part, int channel) {
    int filled = fill;
    long written = 0;
    int count;
    for (long at = 0; at < frames; at += count) {
      count = (int) Math.min(size - filled, frames - at);
      for (int p = channel * planesPerChannel(); p < (channel + 1) * planesPerChannel(); p++) {
        pending[p].range(filled, count);
        in.load(p, at, pending[p]);
      }
      filled += count;
      if (filled == size) {
        complete(part, channel, out, written);
        written += yield;
        filled = 0;
      }
    }
  }

  @Override
  public final long flush(CpuBlock to, long limit) {
    if (fill == 0) {
      return 0;
    }
    for (Samples block : pending) {
      Arrays.fill(block.values, fill, size, 0);
    }
    for (int channel = 0; channel < step.in().channels(); channel++) {
      complete(0, channel, to, 0);
    }
    fill = 0;
    return yield;
  }

  @Override
  public final long maxOutputFrames(long count) {
    long blocks = count / size + (count % size > 0 ? 1 : 0);
    return Math.multiplyExact(blocks, (long) yield);
  }

  @Override
  public final long flushFrames() {
    return yield;
  }

  @Override
  public final long latencyFrames() {
    return size - 1L;
  }

  @Override
  public final boolean keepsLength() {
    return false;
  }

  @Override
  public final void reset() {
    fill = 0;
  }

  @Override
  public final StageState state() {
    double[] values = new double[Math.multiplyExact(pending.length, size)];
    for (int plane = 0; plane < pending.length; plane++) {
      System.arraycopy(pending[plane].values, 0, values, plane * size, fill);
    }
    return StageState.of(new int[] {pending.length, size}, values, fill);
  }

  @Override
  public final void restore(StageState state) {
    state().requireShapeOf(state, step.stage().describe());
    if (state.position() < 0 || state.position() >= size) {
      throw new IllegalArgumentException(
          "state of "
              + step.stage().describe()
              + " is at frame "
              + state.position()
              + " of its block, expected 0 to "
              + (size - 1));
    }
    fill = (int) state.position();
    double[] values = state.values();
    for (int plane = 0; plane < pending.length; plane++) {
      System.arraycopy(values, plane * size, pending[plane].values, 0, fill);
    }
  }
}
