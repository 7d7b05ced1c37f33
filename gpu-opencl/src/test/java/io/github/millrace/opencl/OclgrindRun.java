package io.github.millrace.opencl;

import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.design.Sos;
import io.github.millrace.gpu.Limits;
import io.github.millrace.plan.Backend;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Planner;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.SosCascade;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Runs every kernel once on a short signal, in a process whose OpenCL device is a checker. */
final class OclgrindRun {

  private OclgrindRun() {}

  /**
   * Exits 0 if all outputs are right.
   *
   * @param names of the cases to run; none for all
   */
  public static void main(String... names) {
    run("gain", names, 100, new Gain(2));
    run("cascade", names, 600, cascade(1));
    run("cascade of many", names, 300, cascade(6));
    run("delay", names, 70, Delay.ofFrames(20));
    run("mix", names, 70, Mix.matrix(new double[][] {{1, 2}, {-1, 1}}));
    run("fir", names, 600, fir(40).with(Fir.Method.DIRECT));
    run("overlap", names, 600, fir(100).with(Fir.Method.OVERLAP_SAVE));
    run("overlap of many", names, 2_200, fir(1_100).with(Fir.Method.OVERLAP_SAVE));
    run("resample", names, 300, new Resample(24_000, Resample.Quality.FAST));
    run("fft", names, 70, new Fft(32), new InverseFft());
    run("dft", names, 70, new Fft(15), new InverseFft());
  }

  private static SosCascade cascade(int sections) {
    double[][] rows = new double[sections][];
    Arrays.setAll(rows, s -> new double[] {0.5, 0.1, 0.2, 1, -0.3 * s / sections, 0.2});
    return new SosCascade(Sos.of(rows));
  }

  private static Fir fir(int taps) {
    SplittableRandom random = new SplittableRandom(taps);
    return Fir.of(random.doubles(taps, -1, 1).toArray());
  }

  private static void run(
      String name, String[] names, int frames, io.github.millrace.stage.Stage... stages) {
    if (names.length > 0 && !List.of(names).contains(name)) {
      return;
    }
    Pipeline pipeline = Pipeline.of(stages);
    PlanOptions parallel = PlanOptions.DEFAULTS.withThreshold(0);
    double[] expected = filter(new JavaBackend(), pipeline, frames, parallel);
    requireClose(name, expected, filter(smallTiles(), pipeline, frames, parallel), 1e-6);
    if (stages[0] instanceof SosCascade) {
      PlanOptions inTurn = parallel.withThreshold(Long.MAX_VALUE);
      PlanOptions fast = parallel.withPrecision(Precision.FAST);
      requireClose(name, expected, filter(smallTiles(), pipeline, frames, inTurn), 1e-6);
      requireClose(name, expected, filter(smallTiles(), pipeline, frames, fast), 1e-4);
    }
  }

  /** Little memory on the chip makes small tiles, and a short signal has many of them. */
  private static Backend smallTiles() {
    return new OpenClBackend(
        device ->
            new CountingAccelerator(
                new ClAccelerator(device, ClAccelerator.Staging.of(device)),
                limits ->
                    new Limits(
                        limits.computeUnits(),
                        limits.cpu(),
                        limits.largestAllocation(),
                        4_500,
                        limits.vectorBytes())));
  }

  private static double[] filter(
      Backend backend, Pipeline pipeline, int frames, PlanOptions options) {
    StreamFormat format = new StreamFormat(48_000, 2, SampleType.FLOAT32);
    Planner planner = new Planner(List.of(backend));
    try (Plan plan = planner.prepare(pipeline, format, options.withBackend(backend.name()));
        SignalBuffer in = SignalBuffer.allocate(format, frames);
        SignalBuffer out =
            SignalBuffer.allocate(plan.outputFormat(), plan.maxOutputFrames(frames))) {
      SplittableRandom random = new SplittableRandom(frames);
      for (int i = 0; i < 2 * frames; i++) {
        in.set(i % 2, i / 2, random.nextDouble(-1, 1));
      }
      long written = plan.forward(in, out);
      return out.slice(0, written).toDoubles(1);
    }
  }

  private static void requireClose(String name, double[] expected, double[] y, double most) {
    double power = 1e-30;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      power += expected[i] * expected[i];
      difference += (y[i] - expected[i]) * (y[i] - expected[i]);
    }
    if (!(Math.sqrt(difference / power) <= most)) {
      System.err.println(name + ": relative rms error " + Math.sqrt(difference / power));
    }
  }
}
