package io.github.millrace.cpu;

import io.github.millrace.backend.Step;
import io.github.millrace.cpu.resample.PolyphaseSum;
import io.github.millrace.cpu.resample.ResamplePosition;
import io.github.millrace.design.fir.ResamplerTaps;
import io.github.millrace.host.Crew;
import io.github.millrace.plan.StageState;
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
  private final ResamplePosition position;
  private final PolyphaseSum[] sums;
  private final Samples[] outputs;
  private CpuBlock target;

  private ResampleKernel(Step step, Crew crew, ResamplerTaps taps, PolyphaseSum[] sums) {
    super(step, crew, taps.perPhase() - 1, piece(taps, sums[0]));
    this.taps = taps;
    this.sums = sums;
    position = new ResamplePosition(taps);
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
    ResamplerTaps taps = ((Resample) step.stage()).taps(step.in());
    double[] phases = taps.phases();
    PolyphaseSum[] sums = new PolyphaseSum[crew.size()];
    Arrays.setAll(sums, part -> new PolyphaseSum(taps, phases));
    return new ResampleKernel(step, crew, taps, sums);
  }

  @Override
  public long run(CpuBlock from, CpuBlock to, long count) {
    target = to;
    super.run(from, to, count);
    return position.advance(count);
  }

  @Override
  void advance(int part, int plane, long at, int count) {
    long first = position.written(at);
    sums[part].start(position.skip(at), position.phase(at));
    store(part, plane, first - position.written(0), position.written(at + count) - first);
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
    long count = position.remaining(limit);
    double[] line = line(0);
    Arrays.fill(line, past, past + taps.half(), 0);
    target = out;
    for (int plane = 0; plane < step.in().planes() && count > 0; plane++) {
      history.open(plane, line);
      sums[0].start(position.flushSkip(), position.flushPhase());
      store(0, plane, 0, count);
    }
    position.flush(count);
    return count;
  }

  @Override
  public long maxOutputFrames(long count) {
    return position.clock().most(count);
  }

  @Override
  public long flushFrames() {
    return position.clock().most(taps.half());
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
    position.reset();
  }

  @Override
  public StageState state() {
    return history.state(position.read());
  }

  @Override
  public void restore(StageState state) {
    String what = step.stage().describe();
    state().requireShapeOf(state, what);
    position.set(state.position(), what);
    history.restore(state, what);
  }

  @Override
  public String describe() {
    return taps.up() + " / " + taps.down() + ", " + taps.perPhase() + " taps a frame";
  }
}
