package io.github.millrace.bench.gpu;

import io.github.millrace.backend.Backend;
import io.github.millrace.bench.BenchCase;
import io.github.millrace.bench.OutputCheck;
import io.github.millrace.bench.Rounds;
import io.github.millrace.bench.Workload;
import io.github.millrace.bench.WrongOutputException;
import io.github.millrace.choice.Backends;
import io.github.millrace.choice.Planner;
import io.github.millrace.gpu.DeviceMemory;
import io.github.millrace.gpu.GpuDevice;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.Length;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.SosCascade;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The whole table of a device with memory of its own: its copy, its transfers, stages on resident
 * data, one channel against eight, host to host, and the time of a short chunk. Every output is
 * compared with the Java reference's. One thread.
 */
public final class GpuBench {

  private static final int SHORTEST_CHUNK = 128;
  private static final int LONGEST_CHUNK = 2048;
  private static final int CALLS = 2_000;
  private static final long TEN_MINUTES = 600L * Workload.SAMPLE_RATE;
  private static final long TRANSFER_BYTES = 256L << 20;
  private static final double GIGA = 1e9;
  private static final double MICRO = 1e-6;

  /** The backend that has graphs, and whose devices CuPy drives too. */
  private static final String CUDA = "cuda";

  private static final String COPY = "device copy";

  private final Backend backend;
  private final DeviceDescription info;
  private final long frames;
  private final Consumer<GpuRow> rows;
  private final Set<SampleType> copied = EnumSet.noneOf(SampleType.class);
  private final List<String> failures = new ArrayList<>();
  private double slowerTransfer;

  /**
   * A table of a device.
   *
   * @param frames frames of resident signals, mono; of the signal from host to host four times that
   * @param rows takes every row as soon as it is measured
   * @throws BackendException if the device is absent; the message says why
   */
  public GpuBench(DeviceDescription info, long frames, Consumer<GpuRow> rows) {
    if (!info.available()) {
      throw new BackendException(info.backend() + ": " + info.reason());
    }
    if (frames < LONGEST_CHUNK) {
      throw new IllegalArgumentException(
          "frames is " + frames + ", expected at least " + LONGEST_CHUNK);
    }
    backend =
        Backends.all().stream()
            .filter(b -> b.name().equals(info.backend()))
            .findFirst()
            .orElseThrow();
    this.info = info;
    this.frames = frames;
    this.rows = rows;
  }

  /**
   * Measures everything; on a fast device some minutes, most of it in the reference. A row that
   * fails, because its output is wrong or the device refuses it, does not keep the others back.
   *
   * @return what failed, and how
   * @throws BackendException if the device cannot be opened, or has no memory of its own
   */
  public List<String> run() {
    transfers();
    try (SignalBuffer noise = noise(SampleType.FLOAT32, 1, frames)) {
      for (int sections : new int[] {1, 2, 4, 8}) {
        attempt(() -> resident(cascade(sections, Precision.FAST, 1, frames), noise));
      }
      attempt(() -> resident(cascade(1, Precision.PRECISE, 1, frames), noise));
      attempt(() -> resident(cascade(4, Precision.PRECISE, 1, frames), noise));
      Workload fir = Workload.fir(4097);
      attempt(() -> resident(bench(fir, SampleType.FLOAT32, Precision.FAST, 1, frames), noise));
    }
    try (SignalBuffer noise = noise(SampleType.FLOAT64, 1, frames)) {
      Workload cascade = Workload.cascade(4, false);
      SampleType type = SampleType.FLOAT64;
      attempt(() -> resident(bench(cascade, type, Precision.PRECISE, 1, frames), noise));
    }
    attempt(this::oneChannelAgainstEight);
    attempt(this::cupy);
    attempt(this::hostToHost);
    for (int chunk = SHORTEST_CHUNK; chunk <= LONGEST_CHUNK; chunk *= 2) {
      latencies(chunk);
    }
    return List.copyOf(failures);
  }

  private void attempt(Runnable row) {
    try {
      row.run();
    } catch (WrongOutputException | BackendException | OutOfMemoryError e) {
      failures.add(e.toString());
    }
  }

  /** As they are, and on CUDA parallel in time and as graphs too. */
  private void latencies(int chunk) {
    PlanOptions plain = options(Precision.FAST);
    attempt(() -> latency(chunk, "", plain));
    if (backend.name().equals(CUDA)) {
      PlanOptions parallel = plain.withThreshold(0);
      Length chunks = Length.chunks(chunk);
      attempt(() -> latency(chunk, ", parallel", parallel));
      attempt(() -> latency(chunk, ", graph", plain.withLength(chunks)));
      attempt(() -> latency(chunk, ", parallel, graph", parallel.withLength(chunks)));
    }
  }

  private GpuDevice open(PlanOptions options) {
    if (backend.open(info, options) instanceof GpuDevice device) {
      return device;
    }
    throw new BackendException(backend.name() + " has no device with kernels of its own");
  }

  private PlanOptions options(Precision precision) {
    String name = backend.name() + ":" + info.index();
    return PlanOptions.DEFAULTS.withBackend(name).withPrecision(precision);
  }

  private BenchCase bench(
      Workload workload, SampleType type, Precision precision, int channels, long length) {
    return new BenchCase(workload, type, channels, length, options(precision));
  }

  private BenchCase cascade(int sections, Precision precision, int channels, long length) {
    Workload workload = Workload.cascade(sections, false);
    return bench(workload, SampleType.FLOAT32, precision, channels, length);
  }

  private static SignalBuffer noise(SampleType type, int channels, long length) {
    SignalBuffer noise = SignalBuffer.allocate(type, channels, length);
    fill(noise);
    return noise;
  }

  private static void fill(SignalBuffer noise) {
    SplittableRandom random = new SplittableRandom(1);
    for (int plane = 0; plane < noise.planes(); plane++) {
      for (long i = 0; i < noise.frames(); i++) {
        noise.set(plane, i, 2 * random.nextDouble() - 1);
      }
    }
  }

  /** Both directions of a page-locked block, where samples travel at all. */
  private void transfers() {
    try (GpuDevice device = open(options(Precision.FAST))) {
      if (!device.transfers()) {
        return;
      }
      long bytes = Math.min(TRANSFER_BYTES, frames * Float.BYTES);
      try (DeviceMemory memory = device.accelerator().staging(bytes)) {
        double[] seconds =
            Rounds.THOROUGH.medianSeconds(
                () -> device.accelerator().toDevice(memory, bytes),
                () -> device.accelerator().toHost(memory, bytes));
        rows.accept(GpuRow.plain("upload", bytes / seconds[0] / GIGA, "GB/s"));
        rows.accept(GpuRow.plain("download", bytes / seconds[1] / GIGA, "GB/s"));
        slowerTransfer = bytes / Math.max(seconds[0], seconds[1]);
      }
    }
  }

  /** A stage on resident data, as a fraction of the device's own copy of as many bytes. */
  private void resident(BenchCase bench, SignalBuffer noise) {
    try (ResidentRig rig = new ResidentRig(open(bench.options()), bench, noise)) {
      double error = rig.check();
      double[] seconds = rig.seconds();
      double speed = bench.samples() / seconds[0] / GIGA;
      double fraction = seconds[1] / seconds[0];
      if (copied.add(bench.type())) {
        rows.accept(
            GpuRow.plain(
                COPY + ", " + bench.type().shortName() + ", read and write",
                2 * bench.samples() * bench.type().bytes() / seconds[1] / GIGA,
                "GB/s"));
      }
      rows.accept(new GpuRow(bench.describe(), speed, "Gsamples/s", fraction, COPY, error));
    }
  }

  /** CuPy, which only NVIDIA's devices run, on the same filter and a quarter of the samples. */
  private void cupy() {
    if (!backend.name().equals(CUDA)) {
      return;
    }
    BenchCase bench = cascade(4, Precision.FAST, 1, frames / 4);
    try (SignalBuffer noise = noise(bench.type(), 1, bench.frames());
        ResidentRig rig = new ResidentRig(open(bench.options()), bench, noise)) {
      double error = rig.check();
      double speed = bench.samples() / rig.seconds()[0];
      CupyPeer.Answer peer =
          CupyPeer.ask(((SosCascade) bench.workload().stage()).sos(), bench.frames());
      double ratio = speed / peer.samplesPerSecond();
      String name = bench.frames() + " frames, " + bench.describe();
      rows.accept(
          new GpuRow(name, speed / GIGA, "Gsamples/s", ratio, peer.text() + " sosfilt", error));
    }
  }

  private void oneChannelAgainstEight() {
    long length = Math.min(frames, TEN_MINUTES) / 8 * 8;
    double[] seconds = new double[2];
    double error = 0;
    int[] channels = {1, 8};
    for (int i = 0; i < channels.length; i++) {
      BenchCase bench = cascade(4, Precision.FAST, channels[i], length / channels[i]);
      try (SignalBuffer noise = noise(bench.type(), bench.channels(), bench.frames());
          ResidentRig rig = new ResidentRig(open(bench.options()), bench, noise)) {
        error = Math.max(error, rig.check());
        seconds[i] = rig.seconds()[0];
      }
    }
    String name = String.format(Locale.ROOT, "%,d frames of mono, cascade K = 4 f32 fast", length);
    rows.accept(
        new GpuRow(
            name,
            seconds[0] / MICRO,
            "us",
            seconds[0] / seconds[1],
            "the time of the same samples as 8 channels",
            error));
  }

  /** A long signal from and to the host's memory, beside the slower direction of transfer. */
  private void hostToHost() {
    BenchCase bench = cascade(4, Precision.FAST, 1, 4 * frames);
    try (Plan plan = plan(bench);
        SignalBuffer in = plan.allocate(bench.format(), bench.frames());
        SignalBuffer out = plan.allocate(bench.format(), bench.frames())) {
      fill(in);
      plan.forward(in, out);
      double error = OutputCheck.require(bench, backend.name(), in, out);
      double seconds = Rounds.SHORT.medianSeconds(() -> plan.forward(in, out))[0];
      double speed = bench.samples() / seconds;
      double fraction = speed * Float.BYTES / slowerTransfer;
      boolean travels = slowerTransfer > 0;
      rows.accept(
          new GpuRow(
              "host to host, " + bench.describe(),
              speed / GIGA,
              "Gsamples/s",
              travels ? fraction : Double.NaN,
              travels ? "the slower direction of transfer" : "",
              error));
    }
  }

  private Plan plan(BenchCase bench) {
    return new Planner(List.of(backend))
        .prepare(bench.workload().pipeline(), bench.format(), bench.options());
  }

  /** The median and the 99th percentile of the time of one short forward. */
  private void latency(int chunk, String how, PlanOptions options) {
    Workload workload = Workload.cascade(4, false);
    BenchCase bench = new BenchCase(workload, SampleType.FLOAT32, 1, chunk, options);
    StreamFormat format = bench.format();
    try (Plan plan = plan(bench);
        SignalBuffer in = plan.allocate(format, chunk);
        SignalBuffer out = plan.allocate(format, chunk)) {
      fill(in);
      plan.forward(in, out);
      double error = OutputCheck.require(bench, backend.name(), in, out);
      double[] seconds = new double[CALLS];
      for (int i = -CALLS; i < CALLS; i++) {
        long begin = System.nanoTime();
        plan.forward(in, out);
        seconds[Math.max(0, i)] = (System.nanoTime() - begin) / GIGA;
      }
      Arrays.sort(seconds);
      String name = "forward of " + chunk + " frames, " + bench.describe() + how;
      double median = Rounds.median(seconds) / MICRO;
      double late = seconds[CALLS * 99 / 100] / MICRO;
      rows.accept(new GpuRow(name, median, "us", late / median, "99th percentile / median", error));
    }
  }
}
