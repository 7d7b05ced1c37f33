package io.github.millrace.opencl;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.design.Sos;
import io.github.millrace.gpu.Limits;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
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
import io.github.millrace.stage.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Runs every kernel in every arithmetic on short signals, in a process whose OpenCL device is a
 * checker; prints what was launched.
 */
final class OclgrindRun {

  /** What the device is made out to be: many work-groups at once, so that there are runs. */
  private enum Size {
    /** Little memory on the chip: short signals have many tiles. */
    SMALL(4_500, 1),
    /** The same with neighbours in one vector. */
    VECTORS(4_500, 4),
    /** Long tiles, for runs of thousands of frames. */
    LARGE(20_000, 1);

    private final int localBytes;
    private final int lanes;

    Size(int localBytes, int lanes) {
      this.localBytes = localBytes;
      this.lanes = lanes;
    }

    /** The checker keeps many bytes for each byte of a buffer. */
    private static final long BYTES = 256 << 10;

    Limits of(Limits limits) {
      boolean cpu = lanes > 1 || limits.cpu();
      return new Limits(16, cpu, BYTES, localBytes, lanes * Double.BYTES);
    }
  }

  private static final PlanOptions PARALLEL = PlanOptions.DEFAULTS.withThreshold(0);
  private static final PlanOptions IN_TURN = PARALLEL.withThreshold(Long.MAX_VALUE);

  private static final Set<String> LAUNCHED = new TreeSet<>();

  /**
   * What to run.
   *
   * @param name to choose it by
   * @param channels of the signal
   * @param frames of the signal
   * @param size of the device
   * @param options of the plan, but for the precision
   * @param pipeline to run
   */
  private record Case(
      String name, int channels, int frames, Size size, PlanOptions options, Pipeline pipeline) {}

  private static final List<Case> CASES =
      List.of(
          small("gain", 100, new Gain(2)),
          small("cascade, one run", 100, cascade(2, 0.2)),
          small("cascade, runs", 400, cascade(1, 0.2)),
          small("cascade, many sections", 150, cascade(9, 0.2)),
          new Case(
              "cascade, vectors", 1, 300, Size.VECTORS, PARALLEL, Pipeline.of(cascade(2, 0.2))),
          new Case(
              "cascade, scan", 1, 9_000, Size.LARGE, PARALLEL, Pipeline.of(cascade(1, 0.99999))),
          new Case("cascade in turn", 2, 100, Size.SMALL, IN_TURN, Pipeline.of(cascade(3, 0.2))),
          new Case(
              "cascade, many channels", 70, 40, Size.SMALL, IN_TURN, Pipeline.of(cascade(9, 0.2))),
          new Case(
              "cascade, channels in vectors",
              70,
              40,
              Size.VECTORS,
              IN_TURN,
              Pipeline.of(cascade(2, 0.2))),
          small("delay", 70, Delay.ofFrames(20)),
          small("mix", 70, Mix.matrix(new double[][] {{1, 2}, {-1, 1}})),
          small("fir", 600, fir(40).with(Fir.Method.DIRECT)),
          small("overlap", 2_700, fir(100).with(Fir.Method.OVERLAP_SAVE)),
          small("overlap of many", 900, fir(300).with(Fir.Method.OVERLAP_SAVE)),
          small("resample", 200, new Resample(24_000, Resample.Quality.FAST)),
          small("fft", 70, new Fft(32), new InverseFft()),
          small("dft", 70, new Fft(15), new InverseFft()));

  private OclgrindRun() {}

  /**
   * Complains on standard error of every output that is not right.
   *
   * @param names of the cases to run; none for all
   */
  public static void main(String... names) {
    for (Case test : CASES) {
      if (names.length == 0 || List.of(names).contains(test.name())) {
        long start = System.nanoTime();
        run(test, SampleType.FLOAT32, Precision.PRECISE, 1e-6);
        run(test, SampleType.FLOAT32, Precision.FAST, 1e-5);
        run(test, SampleType.FLOAT64, Precision.PRECISE, 1e-11);
        System.out.printf("# %s: %d ms%n", test.name(), (System.nanoTime() - start) / 1_000_000);
      }
    }
    LAUNCHED.forEach(System.out::println);
  }

  private static Case small(String name, int frames, Stage... stages) {
    return new Case(name, 2, frames, Size.SMALL, PARALLEL, Pipeline.of(stages));
  }

  /** Sections that ring, their poles this far from the origin squared. */
  private static SosCascade cascade(int sections, double square) {
    double[][] rows = new double[sections][];
    Arrays.setAll(rows, s -> new double[] {0.5, 0.1, 0.2, 1, -0.3 * s / sections, square});
    return new SosCascade(Sos.of(rows));
  }

  private static Fir fir(int taps) {
    SplittableRandom random = new SplittableRandom(taps);
    return Fir.of(random.doubles(taps, -1, 1).toArray());
  }

  private static void run(Case test, SampleType type, Precision precision, double most) {
    StreamFormat format = new StreamFormat(48_000, test.channels(), type);
    OpenClBackend device =
        new OpenClBackend(
            found -> {
              ClAccelerator.Staging staging = ClAccelerator.Staging.of(found);
              ClAccelerator accelerator = new ClAccelerator(found, staging);
              return new CountingAccelerator(accelerator, test.size()::of, LAUNCHED);
            });
    double[] expected = filter(new JavaBackend(), test, format, PlanOptions.DEFAULTS);
    double[] y = filter(device, test, format, test.options().withPrecision(precision));
    requireClose(test.name() + " " + type + " " + precision, expected, y, most);
  }

  /** The last channel: a block, the state out and in, the rest, and what the stream ends with. */
  private static double[] filter(
      Backend backend, Case test, StreamFormat format, PlanOptions options) {
    Planner planner = new Planner(List.of(backend));
    int frames = test.frames();
    try (Plan plan = planner.prepare(test.pipeline(), format, options.withBackend(backend.name()));
        SignalBuffer in = SignalBuffer.allocate(format, frames);
        SignalBuffer out = SignalBuffer.allocate(plan.outputFormat(), room(plan, frames))) {
      SplittableRandom random = new SplittableRandom(frames);
      for (int i = 0; i < format.channels() * frames; i++) {
        in.set(i % format.channels(), i / format.channels(), random.nextDouble(-1, 1));
      }
      int first = frames - 10;
      long written = plan.forward(in.slice(0, first), out);
      plan.restore(plan.state());
      SignalBuffer rest = out.slice(written, out.frames() - written);
      written += plan.forward(in.slice(first, 10), rest);
      written += plan.flush(out.slice(written, out.frames() - written));
      return out.slice(0, written).toDoubles(out.planes() - 1);
    }
  }

  private static long room(Plan plan, int frames) {
    return plan.maxOutputFrames(frames) + plan.maxOutputFrames(10) + plan.flushFrames();
  }

  private static void requireClose(String name, double[] expected, double[] y, double most) {
    double power = 1e-30;
    double difference = expected.length == y.length ? 0 : Double.NaN;
    for (int i = 0; i < Math.min(y.length, expected.length); i++) {
      power += expected[i] * expected[i];
      difference += (y[i] - expected[i]) * (y[i] - expected[i]);
    }
    if (!(Math.sqrt(difference / power) <= most)) {
      System.err.println(name + ": relative rms error " + Math.sqrt(difference / power));
    }
  }
}
