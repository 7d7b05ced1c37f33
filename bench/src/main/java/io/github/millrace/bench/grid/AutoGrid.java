package io.github.millrace.bench.grid;

import io.github.millrace.backend.Backend;
import io.github.millrace.bench.BenchCase;
import io.github.millrace.bench.Rig;
import io.github.millrace.bench.Rounds;
import io.github.millrace.bench.Workload;
import io.github.millrace.choice.Environment;
import io.github.millrace.choice.Planner;
import io.github.millrace.design.Band;
import io.github.millrace.host.CacheSize;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Thirty points, chains by type by channels by frames, at each of which every single backend and
 * {@code auto} take turns. One thread.
 *
 * @param backends what is compared
 * @param environment what {@code auto} knows
 * @param rounds of each point
 */
public record AutoGrid(List<Backend> backends, Environment environment, Rounds rounds) {

  /** For a table to be kept: a second or two a point. */
  public static final Rounds ROUNDS = new Rounds(60_000_000, 15_000_000, 11);

  private static final long MOST_BYTES = 128L << 20;

  /** All points. */
  public static List<BenchCase> points() {
    List<BenchCase> points = new ArrayList<>();
    Workload one = named("cascade 1", Workload.cascade(1, false));
    Workload four = named("cascade 4", Workload.cascade(4, false));
    Workload eight = named("cascade 8", Workload.cascade(8, false));
    Workload narrow = named("narrow cascade 4", Workload.cascade(4, true));
    Workload shortFir = named("FIR 63", Workload.fir(63));
    Workload longFir = named("FIR 1023", Workload.fir(1023));
    Workload hugeFir = named("FIR 16385", Workload.fir(16_385));
    Workload clean =
        Workload.of("clean", iir(2, Band.high(80)), new Gain(0.5), iir(10, Band.low(15_000)));
    Workload master =
        Workload.of("master", iir(4, Band.high(30)), fir(255), new Gain(0.7), Delay.ofFrames(240));
    Workload voice =
        Workload.of("voice", Mix.mono(), iir(8, Band.bandpass(300, 3_400)), new Resample(16_000));
    add(points, one, SampleType.FLOAT32, 1, 64, 1024, 1 << 20);
    add(points, one, SampleType.FLOAT64, 2, 16_384);
    add(points, four, SampleType.FLOAT64, 1, 32, 256, 4096, 65_536, 1 << 21);
    add(points, four, SampleType.FLOAT32, 8, 512, 1 << 17);
    add(points, four, SampleType.FLOAT32, 64, 128, 1 << 14);
    add(points, eight, SampleType.FLOAT64, 2, 1 << 19);
    add(points, narrow, SampleType.FLOAT32, 1, 2048, 1 << 20);
    add(points, shortFir, SampleType.FLOAT32, 1, 256, 1 << 19);
    add(points, shortFir, SampleType.FLOAT64, 8, 1 << 15);
    add(points, longFir, SampleType.FLOAT32, 2, 1 << 19);
    add(points, hugeFir, SampleType.FLOAT64, 1, 1 << 20);
    add(points, Workload.resample(), SampleType.FLOAT32, 1, 1024, 1 << 19);
    add(points, clean, SampleType.FLOAT32, 2, 2048, 1 << 20);
    add(points, master, SampleType.FLOAT32, 2, 1 << 18);
    add(points, voice, SampleType.FLOAT32, 2, 1 << 18);
    PlanOptions fast = PlanOptions.DEFAULTS.withPrecision(Precision.FAST);
    points.add(new BenchCase(four, SampleType.FLOAT32, 1, 1 << 20, fast));
    points.add(new BenchCase(shortFir, SampleType.FLOAT32, 2, 1 << 16, fast));
    add(points, Workload.of("FFT 1024", new Fft(1024)), SampleType.FLOAT64, 1, 1 << 19);
    return List.copyOf(points);
  }

  private static Stage iir(int order, Band band) {
    return Iir.butterworth(order, band);
  }

  private static Stage fir(int taps) {
    return Workload.fir(taps).pipeline().stages().getFirst();
  }

  private static Workload named(String name, Workload workload) {
    return new Workload(name, workload.pipeline(), workload.sections(), workload.taps());
  }

  private static void add(
      List<BenchCase> points, Workload workload, SampleType type, int channels, long... frames) {
    for (long length : frames) {
      points.add(new BenchCase(workload, type, channels, length, PlanOptions.DEFAULTS));
    }
  }

  /**
   * Measures one point.
   *
   * @throws io.github.millrace.bench.WrongOutputException if an output is wrong
   */
  public GridRow measure(BenchCase point) {
    Map<String, Rig> rigs = new LinkedHashMap<>();
    try {
      for (Backend backend : backends) {
        open(point, backend, rigs);
      }
      Rig auto = open(point, Planner.AUTO);
      rigs.put(Planner.AUTO, auto);
      return row(point, rigs);
    } finally {
      rigs.values().forEach(Rig::close);
    }
  }

  private void open(BenchCase point, Backend backend, Map<String, Rig> rigs) {
    if (backend.devices().stream().noneMatch(DeviceDescription::available)) {
      return;
    }
    try {
      rigs.put(backend.name(), open(point, backend.name()));
    } catch (BackendException e) {
      // It refuses the chain, which is no point of its own.
    }
  }

  private Rig open(BenchCase point, String backend) {
    BenchCase bench =
        new BenchCase(
            point.workload(),
            point.type(),
            point.channels(),
            point.frames(),
            point.options().withBackend(backend));
    long bytes = Math.min(2 * CacheSize.lastLevel(), MOST_BYTES);
    Rig rig = Rig.open(bench, bytes, new Planner(backends, environment));
    try {
      double _ = rig.check();
      return rig;
    } catch (RuntimeException | Error e) {
      rig.close();
      throw e;
    }
  }

  private GridRow row(BenchCase point, Map<String, Rig> rigs) {
    Runnable[] tasks =
        rigs.values().stream().map(rig -> (Runnable) rig::forward).toArray(Runnable[]::new);
    double[] medians = rounds.medianSeconds(tasks);
    Map<String, Double> seconds = new LinkedHashMap<>();
    Map<String, Double> predicted = new LinkedHashMap<>();
    int i = 0;
    for (Map.Entry<String, Rig> entry : rigs.entrySet()) {
      if (!entry.getKey().equals(Planner.AUTO)) {
        seconds.put(entry.getKey(), medians[i]);
        predicted.put(entry.getKey(), predictedSeconds(entry.getValue()));
      }
      i++;
    }
    String chosen = rigs.get(Planner.AUTO).backend();
    return new GridRow(point, seconds, predicted, chosen, medians[medians.length - 1]);
  }

  private static double predictedSeconds(Rig rig) {
    return rig.decision().prediction().map(time -> 1e-9 * time.forwardNanos()).orElse(Double.NaN);
  }
}
