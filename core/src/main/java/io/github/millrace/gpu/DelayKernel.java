package io.github.millrace.gpu;

import io.github.millrace.plan.StageState;
import io.github.millrace.stage.Delay;

/** The last frames of each channel, written when as many new ones have come. */
final class DelayKernel extends LineKernel {

  private final long delay;
  private long drained;

  DelayKernel(KernelSetup setup) {
    super(setup, frames(setup));
    delay = frames(setup);
  }

  private static long frames(KernelSetup setup) {
    return Math.max(0, ((Delay) setup.step().stage()).delayFrames());
  }

  @Override
  long advance(GpuBlock out, long to, long frames) {
    line.store(0, out, to, frames, storeGain);
    return frames;
  }

  @Override
  public long flush(GpuBlock out, long limit) {
    long count = Math.min(limit, delay - drained);
    if (count > 0) {
      line.storePast(drained, out, count, storeGain);
      drained += count;
    }
    return count;
  }

  @Override
  public long flushFrames() {
    return delay;
  }

  @Override
  public void reset() {
    super.reset();
    drained = 0;
  }

  @Override
  public void restore(StageState state) {
    super.restore(state);
    drained = 0;
  }

  @Override
  public String describe() {
    return delay == 0 ? "copy" : "line of " + delay + " frames";
  }
}
