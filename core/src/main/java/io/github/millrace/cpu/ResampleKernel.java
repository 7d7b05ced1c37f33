package io.github.millrace.cpu;

import io.github.millrace.cpu.resample.PolyphaseSum;
import io.github.millrace.cpu.resample.ResampleClock;
import io.github.millrace.design.fir.ResamplerTaps;
import io.github.millrace.plan.Crew;
import io.github.millrace.plan.StageState;
import io.github.millrace.plan.Step;
import io.github.millrace.stage.Resample;
import java.util.Arrays;

/**
 * A rational resampler: each output frame is the sum of the input frames around it, weighed by the
 * taps of its phase, in float64.
 *
 * <p>Memory: the taps (see {@link ResamplerTaps#phases}), and for each channel and each thread a
 * few times the {@code 2 half} frames that one output frame weighs. That is next to nothing, but
 * where the rate is divided by 65,536 in standard quality, {@code 2 half} is 11 million.
 *
 * <p>State: the last {@code 2 half - 1} input frames, and as position the number of frames read.
 */
final class ResampleKernel extends HistoryKernel {

  private static final int PIECE = 2048;

  private final ResamplerTaps taps;
  private final ResampleClock clock;
  private final PolyphaseSum[] sums;
  private final Samples[] outputs;
  private CpuBlock target;
  private long read;
  private long drained;

  private ResampleKernel(Step step, Crew crew, ResamplerTaps taps, PolyphaseSum[] sums) {
    super(step, crew, taps.perPhase() - 1, piece(taps, sums[0]));
    this.taps = taps;
    this.sums = sums;
    clock = new ResampleClock(taps.up(), taps.down(), taps.half());
    outputs = new Samples[sums.length];
    for (int part = 0; part < outputs.length; part++) {
      outputs[part] = new Samples(Math.max(PIECE, sums[part].bestOutput()), step);
    }
  }

  /** It holds the whole flush, is as long as what it moves along the line, and suits the sums. */
  private static int piece(ResamplerTaps taps, PolyphaseSum sum) {
    return Math.max(Math.max(PIECE, taps.half()), sum.bestInput());
  }

  /** The kernel of a resample stage. */
  static ResampleKernel of(Step step, Crew crew) {
    Resample stage = (Resample) step.stage();
    ResamplerTaps taps =
        ResamplerTaps.of(
            stage.up(step.in()),
            stage.down(step.in()),
            stage.quality().rejectionDb(),
            stage.quality().passBand());
    double[] phases = taps.phases();
    PolyphaseSum[] sums = new PolyphaseSum[crew.size()];
    Arrays.setAll(sums, part -> new PolyphaseSum(taps, phases));
    return new ResampleKernel(step, crew, taps, sums);
  }

  @Override
  public long run(CpuBlock from, CpuBlock to, long count) {
    target = to;
    super.run(from, to, count);
    long before = clock.written(read);
    read += count;
    return clock.written(read) - before;
  }

  @Override
  void advance(int part, int plane, long at, int count) {
    long first = clock.written(read + at);
    sums[part].start(clock.skip(read + at), clock.phase(read + at));
    store(part, plane, first - clock.written(read), clock.written(read + at + count) - first);
  }

  /** Sums up {@code count} output frames and stores them from output frame {@code to} on. */
  private void store(int part, int plane, long to, long count) {
    Samples values = outputs[part];
    int made;
    for (long done = 0; done < count; done += made) {
      made = (int) Math.min(values.values.length, count - done);
      sums[part].sum(line(part), values.values, made);
      values.range(0, made);
      target.store(plane, to + done, values);
    }
  }

  /** As if {@code half} frames of silence followed; the state stays that of the last run. */
  @Override
  public long flush(CpuBlock out, long limit) {
    int past = history.frames();
    long rest = clock.written(read + taps.half()) - clock.written(read) - drained;
    long count = Math.min(limit, rest);
    long ahead = clock.phase(read) + drained * taps.down();
    double[] line = line(0);
    Arrays.fill(line, past, past + taps.half(), 0);
    target = out;
    for (int plane = 0; plane < step.in().planes() && count > 0; plane++) {
      history.open(plane, line);
      sums[0].start(clock.skip(read) + (int) (ahead / taps.up()), (int) (ahead % taps.up()));
      store(0, plane, 0, count);
    }
    drained += count;
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
    return history.state(read);
  }

  @Override
  public void restore(StageState state) {
    String what = step.stage().describe();
    if (state.position() < 0) {
      throw new IllegalArgumentException(
          "state of " + what + " is at frame " + state.position() + ", expected at least 0");
    }
    history.restore(state, what);
    read = state.position();
    drained = 0;
  }

  @Override
  public String describe() {
    return taps.up() + " / " + taps.down() + ", " + taps.perPhase() + " taps a frame";
  }
}
