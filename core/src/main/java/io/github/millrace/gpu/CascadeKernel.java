package io.github.millrace.gpu;

import io.github.millrace.backend.Backend;
import io.github.millrace.backend.Kernel;
import io.github.millrace.design.Sos;
import io.github.millrace.design.state.LevelSpread;
import io.github.millrace.design.state.StateSpace;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SampleType;
import io.github.millrace.stage.SosCascade;
import java.util.Arrays;
import java.util.Optional;

/**
 * A cascade by cascade.cl: frame after frame below a threshold, from there on parallel in time, in
 * runs that work-groups filter side by side. The number of launches does not depend on the number
 * of sections.
 */
final class CascadeKernel implements Kernel<GpuBlock> {

  /** Beyond this the state of a tile no longer fits on the chip beside its frames. */
  static final int MOST_SECTIONS = 64;

  private final KernelSetup setup;
  private final CascadeShape shape;
  private final double[] scales;
  private final int channels;
  private final boolean stable;
  private final long threshold;
  private final RunCut cut;
  private final CascadeTables tables;
  private final Table state;
  private final int stateStride;
  private final DeviceMemory starts;
  private final DeviceMemory stops;
  private final Table[] runPowers;
  private final DeviceFunction channelwise;
  private final DeviceFunction run;
  private final DeviceFunction start;
  private final DeviceFunction finish;
  private String last = "nothing yet";

  CascadeKernel(KernelSetup setup) {
    this.setup = setup;
    SosCascade cascade = (SosCascade) setup.step().stage();
    refusal(cascade)
        .ifPresent(
            reason -> {
              throw new BackendException(reason);
            });
    Arithmetic types = setup.arithmetic();
    Sos sos = cascade.sos();
    boolean fast = types.real() == SampleType.FLOAT32;
    shape = CascadeShape.of(sos.sections(), types, setup.accelerator().limits());
    scales = new double[sos.sections()];
    Arrays.fill(scales, 1);
    Sos level = sos;
    if (fast) {
      LevelSpread spread = LevelSpread.of(sos);
      level = spread.scaled();
      System.arraycopy(spread.scales(), 0, scales, 0, scales.length);
    }
    Sos filled = shape.fill(level);
    channels = setup.step().in().channels();
    stable = sos.isStable();
    threshold =
        setup
            .options()
            .threshold()
            .orElse(fast ? Backend.FLOAT32_THRESHOLD : Backend.FLOAT64_THRESHOLD);
    Accelerator accelerator = setup.accelerator();
    cut = new RunCut(sos, setup.step().in(), accelerator.limits(), shape.tile());
    tables = new CascadeTables(setup, shape, filled);
    int groups = (channels + CascadeShape.SEGMENTS - 1) / CascadeShape.SEGMENTS;
    stateStride = groups * CascadeShape.SEGMENTS;
    state = new Table(accelerator, types.state(), stateStride * shape.states());
    long bytes = cut.mostRuns() * channels * shape.states() * types.state().bytes();
    starts = accelerator.allocate(bytes);
    stops = accelerator.allocate(bytes);
    runPowers = runPowers(filled);
    KernelSource source = shape.source(types);
    channelwise = accelerator.function(source, "cascade_channels");
    run = accelerator.function(source, "cascade_runs");
    start = accelerator.function(source, "cascade_start");
    finish = accelerator.function(source, "cascade_finish");
  }

  /** Why a cascade cannot run here, or empty if it can. */
  static Optional<String> refusal(SosCascade cascade) {
    int sections = cascade.sos().sections();
    return sections <= MOST_SECTIONS
        ? Optional.empty()
        : Optional.of(
            "it runs cascades of at most "
                + MOST_SECTIONS
                + " sections, whose state fits on the chip; this one has "
                + sections);
  }

  private Table[] runPowers(Sos filled) {
    Table[] powers = new Table[stable && cut.mayScan() ? RunCut.LENGTHS.length : 0];
    StateSpace space = powers.length == 0 ? null : StateSpace.of(filled);
    for (int i = 0; i < powers.length; i++) {
      powers[i] = setup.table(setup.arithmetic().state(), space.power(RunCut.LENGTHS[i]));
    }
    return powers;
  }

  @Override
  public long run(GpuBlock in, GpuBlock out, long frames) {
    if (frames == 0) {
      return 0;
    }
    if (frames < threshold || !stable) {
      last = "frame after frame";
      in.pass(channelwise);
      out.pass(channelwise).number(frames).number(channels).memory(tables.exact());
      passState(channelwise).launch(stateStride / CascadeShape.SEGMENTS);
      return frames;
    }
    long count;
    for (long at = 0; at < frames; at += count) {
      count = Math.min(cut.mostFrames(), frames - at);
      parallel(in, out, at, count);
    }
    return frames;
  }

  private void parallel(GpuBlock in, GpuBlock out, long at, long frames) {
    RunCut.Cut runs = cut.of(frames);
    passRuns(in, out, at, frames);
    if (runs.runs() == 1) {
      last = "one run";
      run.number(0).number(1);
      tables.pass(run).memory(state.memory()).memory(state.memory());
      run.number(stateStride).number(1).launch(channels);
      return;
    }
    boolean scans = runs.power() >= 0;
    last = scans ? "several runs, scanned" : "several runs";
    run.number(runs.skip()).number(0);
    launchRuns(runs);
    start.number(runs.runs()).number(scans ? 1 : 0);
    start.memory(scans ? runPowers[runs.power()].memory() : starts);
    passState(start).memory(stops).memory(starts).launch(channels);
    passRuns(in, out, at, frames);
    run.number(0).number(1);
    launchRuns(runs);
    out.pass(finish, at).number(frames).number(runs.runs()).number(runs.frames()).memory(stops);
    passState(finish).launch(runs.runs() * channels);
  }

  private void passRuns(GpuBlock in, GpuBlock out, long at, long frames) {
    RunCut.Cut runs = cut.last();
    in.pass(run, at);
    out.pass(run, at).number(frames).number(runs.runs()).number(runs.frames());
  }

  private void launchRuns(RunCut.Cut runs) {
    tables.pass(run).memory(starts).memory(stops).number(1).number(shape.states());
    run.launch(runs.runs() * channels);
  }

  private DeviceFunction passState(DeviceFunction function) {
    return function.memory(state.memory()).number(stateStride);
  }

  @Override
  public void reset() {
    state.clear();
  }

  @Override
  public StageState state() {
    double[] on = state.get();
    double[] values = new double[2 * shape.sections() * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = on[place(i)] / scales[i / 2 / channels];
    }
    return StageState.of(new int[] {shape.sections(), channels, 2}, values);
  }

  @Override
  public void restore(StageState other) {
    state().requireShapeOf(other, setup.step().stage().describe());
    double[] values = other.values();
    double[] on = new double[state.length()];
    for (int i = 0; i < values.length; i++) {
      on[place(i)] = values[i] * scales[i / 2 / channels];
    }
    state.set(on);
  }

  /** Where entry i of [sections][channels][2] is in [sections][2][channels]. */
  private int place(int i) {
    int section = i / 2 / channels;
    int channel = i / 2 % channels;
    return (2 * section + i % 2) * stateStride + channel;
  }

  @Override
  public String describe() {
    return (stable ? "parallel in time from " + threshold + " frames" : "frame after frame: a pole")
        + (stable ? "" : " lies on or outside the unit circle")
        + ", "
        + setup.arithmetic().describe()
        + "; last block: "
        + last;
  }

  @Override
  public void close() {
    tables.close();
    state.close();
    starts.close();
    stops.close();
    for (Table power : runPowers) {
      power.close();
    }
  }
}
