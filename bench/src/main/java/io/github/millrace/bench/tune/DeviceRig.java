package io.github.millrace.bench.tune;

import io.github.millrace.backend.Backend;
import io.github.millrace.backend.Device;
import io.github.millrace.backend.Step;
import io.github.millrace.bench.BenchCase;
import io.github.millrace.bench.Rig;
import io.github.millrace.bench.Workload;
import io.github.millrace.choice.Environment;
import io.github.millrace.choice.Planner;
import io.github.millrace.choice.cost.DeviceCost;
import io.github.millrace.choice.cost.DeviceCost.Transfer;
import io.github.millrace.choice.cost.PathCost;
import io.github.millrace.choice.cost.Profile;
import io.github.millrace.choice.cost.StepCost;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.stage.Gain;
import java.util.List;
import java.util.Optional;

/**
 * One device under measurement.
 *
 * @param backend its backend
 * @param device what is measured
 * @param effort how thoroughly
 * @param signals what it reads and writes
 */
record DeviceRig(Backend backend, DeviceDescription device, Effort effort, Signals signals) {

  private static final long SHORT = 256;

  /** One channel frame after frame: more takes a GPU a tenth of a second. */
  private static final long LONG_SEQUENTIAL = 1 << 16;

  /** Long enough to be shared by all threads, far shorter than a long block. */
  private static final long SHORT_SHARED = 1 << 16;

  private static final long CALL_FRAMES = 64;
  private static final long SMALL_TRANSFER = 1 << 12;
  private static final long LARGE_TRANSFER = 1 << 22;
  private static final int START_SECTIONS = 4;
  private static final long START_FRAMES = 1 << 16;

  /** A way to run a stage: the threshold that forces it, and the blocks that show its line. */
  private record Path(PlanOptions options, long shortFrames, long longFrames) {}

  /** Both paths of a probe, after its output was found to be right. */
  StepCost step(Probe probe, SampleType type, PlanOptions options) {
    boolean shared = backend.onProcessor() && options.threads() > 1;
    long shortest = shared ? SHORT_SHARED : SHORT;
    boolean cascade = probe.kind().unit().equals("section");
    boolean parallel =
        cascade && backend.shippedThreshold(options.precision().arithmetic(type)).isPresent();
    if (!cascade) {
      return new StepCost(
          cost(probe, type, new Path(options, shortest, effort.longFrames())), Optional.empty());
    }
    long most = Math.min(LONG_SEQUENTIAL, effort.longFrames());
    PathCost sequential =
        cost(probe, type, new Path(options.withThreshold(Long.MAX_VALUE), SHORT, most));
    return new StepCost(
        sequential,
        parallel
            ? Optional.of(
                cost(
                    probe, type, new Path(options.withThreshold(0), shortest, effort.longFrames())))
            : Optional.empty());
  }

  private PathCost cost(Probe probe, SampleType type, Path path) {
    check(probe, false, type, path.options());
    if (probe.hasUnits()) {
      check(probe, true, type, path.options());
    }
    Step low = probe.step(false, type, probe.lowChannels());
    Fit fit;
    try (StepRig<?> rig = rig(low, path.options())) {
      double[] frames = {path.shortFrames(), path.longFrames()};
      double[] nanos = {
        rig.nanos(path.shortFrames(), effort.rounds()),
        rig.nanos(path.longFrames(), effort.rounds())
      };
      fit = Fit.of(frames, nanos, probe.lowChannels());
    }
    Step high = probe.step(true, type, probe.highChannels());
    double much = fit.slope();
    if (probe.hasUnits()) {
      much = slope(fit, high, path, probe.highChannels());
    }
    double[] units = {probe.kind().units(low), probe.kind().units(high)};
    return fit.cost(units, much, atOnce(probe, type, path, fit));
  }

  private double slope(Fit fit, Step step, Path path, int channels) {
    long frames = Math.max(1, path.longFrames() / channels);
    try (StepRig<?> rig = rig(step, path.options())) {
      return fit.slopeOf(rig.nanos(frames, effort.rounds()), (double) frames, channels);
    }
  }

  private double atOnce(Probe probe, SampleType type, Path path, Fit fit) {
    if (!probe.hasWide()) {
      return 1;
    }
    double wide = slope(fit, probe.step(false, type, Probe.WIDE), path, Probe.WIDE);
    return Math.clamp(wide == 0 ? Probe.WIDE : fit.slope() / wide, 1, Probe.WIDE);
  }

  private void check(Probe probe, boolean much, SampleType type, PlanOptions options) {
    int channels = much ? probe.highChannels() : probe.lowChannels();
    long frames = Math.max(1, effort.checkFrames() / channels);
    try (Rig rig = open(new BenchCase(probe.workload(much), type, channels, frames, options))) {
      double _ = rig.check();
    }
  }

  private Rig open(BenchCase bench) {
    return Rig.open(bench, 1, planner());
  }

  private Planner planner() {
    return new Planner(List.of(backend), Environment.of(Profile.EMPTY));
  }

  private StepRig<?> rig(Step step, PlanOptions options) {
    return rig(backend.open(device, options), step);
  }

  private <B> StepRig<B> rig(Device<B> opened, Step step) {
    return new StepRig<>(opened, step, signals);
  }

  /**
   * What the device costs beside its kernels.
   *
   * @param lookNanos what looking for it took
   */
  DeviceCost device(double lookNanos) {
    PlanOptions options =
        PlanOptions.DEFAULTS.withBackend(device.backend() + ":" + device.index()).withThreads(1);
    // A backend of the CPU starts while others would: the start of the JVM itself.
    double start = backend.onProcessor() ? 0 : lookNanos + startNanos(options);
    Workload gain = Workload.of("gain", new Gain(0.5));
    BenchCase bench = new BenchCase(gain, SampleType.FLOAT32, 1, CALL_FRAMES, options);
    Step step = new Step(gain.pipeline().stages().getFirst(), bench.format(), 1, 1);
    try (Rig whole = open(bench);
        StepRig<?> alone = rig(step, options)) {
      double forward = 1e9 * effort.rounds().leastSeconds(whole::forward)[0];
      double call = forward - alone.nanos(CALL_FRAMES, effort.rounds());
      if (!alone.transfers()) {
        return new DeviceCost(
            start, Math.max(0, call), alone.blockBytes(), Optional.empty(), Optional.empty());
      }
      Transfer[] ways = transfers(alone);
      call -= ways[0].overheadNanos() + ways[1].overheadNanos();
      return new DeviceCost(
          start, Math.max(0, call), alone.blockBytes(), Optional.of(ways[0]), Optional.of(ways[1]));
    }
  }

  private Transfer[] transfers(StepRig<?> rig) {
    double[] small = rig.transferNanos(SMALL_TRANSFER, effort.rounds());
    double[] large = rig.transferNanos(LARGE_TRANSFER, effort.rounds());
    Transfer[] ways = new Transfer[2];
    for (int way = 0; way < ways.length; way++) {
      double[] frames = {SMALL_TRANSFER, LARGE_TRANSFER};
      Fit fit = Fit.of(frames, new double[] {small[way], large[way]}, 1);
      ways[way] = new Transfer(fit.overheadNanos(), fit.slope() / Float.BYTES);
    }
    return ways;
  }

  /** What the first plan of the process costs beyond the second. */
  private double startNanos(PlanOptions options) {
    Workload cascade = Workload.cascade(START_SECTIONS, false);
    BenchCase bench = new BenchCase(cascade, SampleType.FLOAT32, 1, START_FRAMES, options);
    double[] nanos = new double[2];
    for (int i = 0; i < 2; i++) {
      long begin = System.nanoTime();
      try (Rig rig = open(bench)) {
        rig.forward();
      }
      nanos[i] = System.nanoTime() - begin;
    }
    return Math.max(0, nanos[0] - nanos[1]);
  }
}
