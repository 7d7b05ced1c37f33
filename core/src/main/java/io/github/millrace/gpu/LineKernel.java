package io.github.millrace.gpu;

import io.github.millrace.backend.Kernel;
import io.github.millrace.plan.StageState;

/** A kernel whose output depends on a fixed number of frames before each piece of input. */
abstract class LineKernel implements Kernel<GpuBlock> {

  final KernelSetup setup;
  final Line line;
  final Table storeGain;
  private final long past;

  /**
   * A kernel in its reset state.
   *
   * @param past frames of past
   */
  LineKernel(KernelSetup setup, long past) {
    this.setup = setup;
    this.past = past;
    line = new Line(setup, past);
    storeGain = setup.table(setup.arithmetic().real(), setup.step().storeGain());
    line.silence(past);
  }

  /**
   * Computes what a piece yields; the line holds the past and then the piece.
   *
   * @param to the frame of {@code out} to write to
   * @return frames written
   */
  abstract long advance(GpuBlock out, long to, long frames);

  @Override
  public long run(GpuBlock in, GpuBlock out, long frames) {
    long written = 0;
    long count;
    for (long at = 0; at < frames; at += count) {
      count = Math.min(line.piece(), frames - at);
      line.fill(in, at, count);
      written += advance(out, written, count);
      line.keep(count, past);
    }
    return written;
  }

  @Override
  public void reset() {
    line.silence(past);
  }

  @Override
  public StageState state() {
    return line.state(stateFrames(), 0);
  }

  @Override
  public void restore(StageState state) {
    requireShape(state);
    line.restore(state, stateFrames());
  }

  /** Throws if a state has another shape than this kernel's. */
  final void requireShape(StageState state) {
    int[] shape = {setup.step().in().planes(), stateFrames()};
    StageState.of(shape, new double[shape[0] * shape[1]])
        .requireShapeOf(state, setup.step().stage().describe());
  }

  private int stateFrames() {
    if (past * setup.step().in().planes() > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException("a state of " + past + " frames does not fit one array");
    }
    return (int) past;
  }

  @Override
  public void close() {
    line.close();
    storeGain.close();
  }
}
