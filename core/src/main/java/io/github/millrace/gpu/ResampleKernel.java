package io.github.millrace.gpu;

import io.github.millrace.cpu.resample.ResampleClock;
import io.github.millrace.design.fir.ResamplerTaps;
import io.github.millrace.plan.StageState;
import io.github.millrace.stage.Resample;
import java.util.Map;

/**
 * A rational resampler by resample.cl.
 *
 * <p>State: the last {@code 2 half - 1} input frames, and as position the number of frames read.
 */
final class ResampleKernel extends LineKernel {

  private static final int ITEMS = 64;

  private final ResamplerTaps taps;
  private final ResampleClock clock;
  private final Table phases;
  private final DeviceFunction resample;
  private long read;
  private long drained;

  private ResampleKernel(Workshop workshop, ResamplerTaps taps) {
    super(workshop, taps.perPhase() - 1L);
    this.taps = taps;
    clock = new ResampleClock(taps.up(), taps.down(), taps.half());
    phases = workshop.table(workshop.arithmetic().real(), taps.phases());
    KernelSource source = workshop.source("resample", ITEMS, Map.of());
    resample = workshop.accelerator().function(source, "resample");
  }

  /** The kernel of a resample stage. */
  static ResampleKernel of(Workshop workshop) {
    Resample stage = (Resample) workshop.step().stage();
    var in = workshop.step().in();
    Resample.Quality quality = stage.quality();
    return new ResampleKernel(
        workshop,
        ResamplerTaps.of(stage.up(in), stage.down(in), quality.rejectionDb(), quality.passBand()));
  }

  @Override
  long advance(GpuBlock out, long to, long frames) {
    long count = clock.written(read + frames) - clock.written(read);
    sum(out, to, count, 0);
    read += frames;
    return count;
  }

  /** Sums up output frames, the first of them this many after the next to be written. */
  private void sum(GpuBlock out, long to, long count, long later) {
    if (count == 0) {
      return;
    }
    long groups = (count + ITEMS - 1) / ITEMS;
    long phase = clock.phase(read) + later * taps.down();
    line.pass(resample);
    out.pass(resample, to).number(count).number(groups).number(clock.skip(read)).number(phase);
    resample.number(taps.up()).number(taps.down()).number(taps.perPhase());
    resample.memory(phases.memory()).memory(storeGain.memory()).launch(groups * out.planes());
  }

  /** As if {@code half} frames of silence followed; the state stays that of the last run. */
  @Override
  public long flush(GpuBlock out, long limit) {
    long rest = clock.written(read + taps.half()) - clock.written(read) - drained;
    long count = Math.min(limit, rest);
    if (count > 0) {
      line.append(taps.half());
      sum(out, 0, count, drained);
      drained += count;
    }
    return count;
  }

  @Override
  public long maxOutputFrames(long count) {
    return clock.most(count);
  }

  @Override
  public long flushFrames() {
    return clock.most(taps.half());
  }

  @Override
  public long latencyFrames() {
    return taps.half();
  }

  @Override
  public boolean keepsLength() {
    return false;
  }

  @Override
  public void reset() {
    super.reset();
    read = 0;
    drained = 0;
  }

  @Override
  public StageState state() {
    StageState state = super.state();
    return StageState.of(state.shape(), state.values(), read);
  }

  @Override
  public void restore(StageState state) {
    if (state.position() < 0) {
      throw new IllegalArgumentException(
          "state of "
              + workshop.step().stage().describe()
              + " is at frame "
              + state.position()
              + ", expected at least 0");
    }
    super.restore(state);
    read = state.position();
    drained = 0;
  }

  @Override
  public String describe() {
    return taps.up()
        + " / "
        + taps.down()
        + ", "
        + taps.perPhase()
        + " taps a frame, "
        + workshop.arithmetic().describe();
  }

  @Override
  public void close() {
    super.close();
    phases.close();
  }
}
