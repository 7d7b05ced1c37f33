package io.github.millrace.gpu;

import io.github.millrace.backend.Step;
import io.github.millrace.cpu.resample.ResamplePosition;
import io.github.millrace.design.fir.ResamplerTaps;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SampleType;
import io.github.millrace.stage.Resample;
import java.util.Map;

/**
 * A rational resampler by resample.cl.
 *
 * <p>State: the last {@code 2 half - 1} input frames, and as position the number of frames read.
 */
final class ResampleKernel extends LineKernel {

  private static final int ITEMS = 64;

  /**
   * Output frames of an item. From 48 to 44.1 kHz on float32 samples, precise: 120 million samples
   * a second, 15 with one frame an item and taps by phase, {@code java} 96 (PoCL 3.1, 2-core Xeon
   * VM, AVX-512, November 2026).
   */
  private static final int CYCLES = 4;

  private final ResamplerTaps taps;
  private final ResamplePosition position;
  private final int[] frames;
  private final Table phases;
  private final DeviceFunction resample;

  private ResampleKernel(KernelSetup setup, ResamplerTaps taps) {
    super(setup, taps.perPhase() - 1L);
    this.taps = taps;
    position = new ResamplePosition(taps);
    SampleType real = setup.arithmetic().real();
    int lanes = setup.accelerator().limits().lanes(real);
    frames = framesOfPhases();
    phases = setup.table(real, ordered(lanes > 1));
    resample = setup.accelerator().function(source(setup.arithmetic(), lanes), "resample");
  }

  /** What resamples in these types. */
  static KernelSource source(Arithmetic types, int lanes) {
    return types.source("resample", ITEMS, Map.of("CYCLES", CYCLES, "LANES", lanes));
  }

  /** For each phase the frame of a cycle that has it. */
  private int[] framesOfPhases() {
    int[] found = new int[taps.up()];
    for (int frame = 0; frame < found.length; frame++) {
      found[phase(frame)] = frame;
    }
    return found;
  }

  private int phase(int frame) {
    return (int) ((long) frame * taps.down() % taps.up());
  }

  /** The taps of each frame of a cycle, all of a frame together or tap by tap. */
  private double[] ordered(boolean byFrame) {
    double[] given = taps.phases();
    double[] values = new double[given.length];
    int up = taps.up();
    int width = taps.perPhase();
    for (int frame = 0; frame < up; frame++) {
      for (int k = 0; k < width; k++) {
        values[byFrame ? frame * width + k : k * up + frame] = given[phase(frame) * width + k];
      }
    }
    return values;
  }

  /** The kernel of a resample stage. */
  static ResampleKernel of(KernelSetup setup) {
    Step step = setup.step();
    return new ResampleKernel(setup, ((Resample) step.stage()).taps(step.in()));
  }

  @Override
  long advance(GpuBlock out, long to, long frames) {
    long count = position.written(frames) - position.written(0);
    sum(out, to, count, position.skip(0), position.phase(0));
    return position.advance(frames);
  }

  /** Sums up output frames, of which the first is so many input frames and this phase ahead. */
  private void sum(GpuBlock out, long to, long count, long skip, long phase) {
    if (count == 0) {
      return;
    }
    long up = taps.up();
    long first = frames[(int) (phase % up)];
    long cycles = Math.ceilDiv(first + count, up);
    long apart = Math.ceilDiv(cycles, CYCLES) * up;
    long groups = Math.ceilDiv(apart, ITEMS);
    line.pass(resample);
    out.pass(resample, to).number(count).number(groups).number(apart);
    resample.number(skip + phase / up).number(first);
    resample.number(up).number(taps.down()).number(taps.perPhase());
    resample.memory(phases.memory()).memory(storeGain.memory()).launch(groups * out.planes());
  }

  /** As if {@code half} frames of silence followed; the state stays that of the last run. */
  @Override
  public long flush(GpuBlock out, long limit) {
    long count = position.remaining(limit);
    if (count > 0) {
      line.append(taps.half());
      sum(out, 0, count, position.flushSkip(), position.flushPhase());
      position.flush(count);
    }
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
    StageState state = super.state();
    return StageState.of(state.shape(), state.values(), position.read());
  }

  @Override
  public void restore(StageState state) {
    requireShape(state);
    position.set(state.position(), setup.step().stage().describe());
    super.restore(state);
  }

  @Override
  public String describe() {
    return taps.up()
        + " / "
        + taps.down()
        + ", "
        + taps.perPhase()
        + " taps a frame, "
        + setup.arithmetic().describe();
  }

  @Override
  public void close() {
    super.close();
    phases.close();
  }
}
