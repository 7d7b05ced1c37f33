package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.millrace.backend.Step;
import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.cpu.resample.ResamplePosition;
import io.github.millrace.design.fir.ResamplerTaps;
import io.github.millrace.plan.StageState;
import io.github.millrace.stage.Resample;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A rational resampler, the same sums as the Java backend's.
 *
 * <p>State: the last {@code 2 half - 1} input frames, and as position the number of frames read.
 */
final class NativeResampleKernel extends RunKernel {

  private final ResamplerTaps taps;
  private final ResamplePosition position;
  private final ResampleFunctions functions;
  private final MemorySegment struct;
  private final Span[] inputs;
  private final Span[] outputs;
  private final MemorySegment[] wanted;
  private final long[] scratch;

  private NativeResampleKernel(Step step, Setting setting, ResamplerTaps taps) {
    super(step, setting, taps.perPhase() - 1);
    this.taps = taps;
    position = new ResamplePosition(taps);
    functions = new ResampleFunctions(setting.library(), setting.suffix(step.in().type()));
    struct = arena.allocate(Structs.Resampler.BYTES, 8);
    inputs = new Span[parts()];
    outputs = new Span[parts()];
    wanted = new MemorySegment[parts()];
    scratch = new long[parts()];
    try {
      long[] bytes = fillStruct();
      fillTable(bytes[0]);
      fillWorkspaces(bytes[1]);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** The kernel of a resample stage. */
  static NativeResampleKernel of(Step step, Setting setting) {
    return new NativeResampleKernel(step, setting, ((Resample) step.stage()).taps(step.in()));
  }

  private long[] fillStruct() {
    struct.set(JAVA_LONG, Structs.Resampler.UP.at(), taps.up());
    struct.set(JAVA_LONG, Structs.Resampler.DOWN.at(), taps.down());
    struct.set(JAVA_LONG, Structs.Resampler.WIDTH.at(), taps.perPhase());
    struct.set(JAVA_DOUBLE, Structs.Resampler.LOAD_GAIN.at(), step.loadGain());
    struct.set(JAVA_DOUBLE, Structs.Resampler.STORE_GAIN.at(), step.storeGain());
    return functions.bytes(struct.address());
  }

  private void fillTable(long bytes) {
    MemorySegment table = arena.allocate(bytes, 64);
    try (Arena brief = Arena.ofConfined()) {
      MemorySegment phases = brief.allocateFrom(JAVA_DOUBLE, taps.phases());
      functions.table(struct.address(), phases, table);
    }
    struct.set(JAVA_LONG, Structs.Resampler.TABLE.at(), table.address());
  }

  private void fillWorkspaces(long bytes) {
    for (int part = 0; part < scratch.length; part++) {
      inputs[part] = new Span();
      outputs[part] = new Span();
      wanted[part] = arena.allocate(Structs.Outputs.BYTES, 8);
      scratch[part] = arena.allocate(bytes, 64).address();
    }
  }

  @Override
  public long run(CpuBlock from, CpuBlock to, long count) {
    super.run(from, to, count);
    return position.advance(count);
  }

  @Override
  void walk(int part, Run run) {
    long first = position.written(run.from);
    long count = position.written(run.from + run.frames) - first;
    want(part, first, position.skip(run.from), count);
    inputs[part].channel(in(), run.channel, run.from, run.frames);
    outputs[part].channel(out(), run.channel, first - position.written(0), count);
    resample(part, run.past);
  }

  private void want(int part, long index, long ahead, long most) {
    wanted[part].set(JAVA_LONG, Structs.Outputs.INDEX.at(), index);
    wanted[part].set(JAVA_LONG, Structs.Outputs.AHEAD.at(), ahead);
    wanted[part].set(JAVA_LONG, Structs.Outputs.MOST.at(), most);
  }

  private void resample(int part, long past) {
    wanted[part].set(JAVA_LONG, Structs.Outputs.PAST.at(), past);
    functions.resample(
        struct.address(), inputs[part], outputs[part], wanted[part].address(), scratch[part]);
  }

  /** As if {@code half} frames of silence followed; the state stays that of the last run. */
  @Override
  public long flush(CpuBlock to, long limit) {
    long count = position.remaining(limit);
    want(0, position.flushIndex(), position.flushSkip(), count);
    for (int channel = 0; channel < step.in().channels() && count > 0; channel++) {
      inputs[0].silence(taps.half());
      outputs[0].channel(to, channel, 0, count);
      resample(0, pastOfChannel(channel));
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
    return state(position.read());
  }

  @Override
  public void restore(StageState other) {
    String what = step.stage().describe();
    state().requireShapeOf(other, what);
    position.set(other.position(), what);
    super.restore(other);
  }

  @Override
  public String describe() {
    return setting.describe()
        + ", "
        + taps.up()
        + " / "
        + taps.down()
        + ", "
        + taps.perPhase()
        + " taps a frame";
  }
}
