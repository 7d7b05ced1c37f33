package io.github.millrace.simd;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.choice.Planner;
import io.github.millrace.design.Band;
import io.github.millrace.design.IirDesign;
import io.github.millrace.design.Sos;
import io.github.millrace.design.state.DoubleDouble;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Iir;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Corners far below the rate, in float64: lanes and runs joined in mid-signal are as exact as the
 * plain serial cascade, both against the same loop in double-double, relative rms of white noise.
 */
class NarrowCornerTest {

  private static final int FRAMES = 200_003;
  private static final int FIRST = 32_767;

  /** Most was 2.4, where the corner's period is longer than the signal; 1.1 elsewhere. */
  private static final double MOST = 4;

  /** Without fused multiply-adds the serial recurrence itself has up to 70 at 1/1,000,000. */
  private static final double MOST_UNFUSED = 50;

  static List<IirDesign> filters() {
    List<IirDesign> filters = new ArrayList<>();
    for (double corner : new double[] {1.0 / 20_000, 1.0 / 48_000, 1.0 / 300_000, 1e-6}) {
      for (int order : new int[] {1, 2, 3, 8}) {
        filters.add(Iir.butterworth(order, Band.low(corner)).design());
        filters.add(Iir.butterworth(order, Band.high(corner)).design());
      }
      filters.add(Iir.butterworth(3, Band.bandpass(corner, 2 * corner)).design());
    }
    return filters;
  }

  @BeforeEach
  void requireLibrary() {
    NativeLibrary library = NativeLibrary.get();
    Assumptions.assumeTrue(library.isLoaded(), library.reason());
  }

  @ParameterizedTest
  @MethodSource("filters")
  void joinsLoseNothing(IirDesign filter) {
    double[] x = noise();
    Sos sos = filter.sos(1);
    double[] exact = exact(sos, x);
    double plain = error(exact, plain(sos, x));
    for (String variant : NativeLibrary.get().variants()) {
      double most = Math.max(1e-15, (variant.equals("sse2") ? MOST_UNFUSED : MOST) * plain);
      for (int threads : new int[] {1, 3}) {
        double error = error(exact, run(new Way(variant, threads), filter, x));
        assertTrue(
            error <= most,
            () -> variant + ", " + threads + " threads: off by " + error + ", at most " + most);
      }
    }
  }

  private record Way(String variant, int threads) {}

  /** In place; one block of a length at which all segment lengths are met, then the rest. */
  private static double[] run(Way way, IirDesign filter, double[] x) {
    StreamFormat format = new StreamFormat(1, 1, SampleType.FLOAT64);
    NativeBackend backend = new NativeBackend(NativeLibrary::get, way.variant());
    PlanOptions options =
        PlanOptions.DEFAULTS.withBackend(backend.name()).withThreads(way.threads());
    try (Plan plan =
            new Planner(List.of(backend)).prepare(Pipeline.of(new Iir(filter)), format, options);
        SignalBuffer buffer = SignalBuffer.ofPlanar(x)) {
      for (SignalBuffer part :
          List.of(buffer.slice(0, FIRST), buffer.slice(FIRST, FRAMES - FIRST))) {
        plan.forward(part, part);
      }
      return buffer.toDoubles(0);
    }
  }

  private static double[] noise() {
    SplittableRandom random = new SplittableRandom(19);
    double[] x = new double[FRAMES];
    Arrays.setAll(x, i -> random.nextGaussian());
    return x;
  }

  private static double[] exact(Sos sos, double[] x) {
    double[] y = x.clone();
    for (int k = 0; k < sos.sections(); k++) {
      double[] row = sos.row(k);
      DoubleDouble u = DoubleDouble.ZERO;
      DoubleDouble v = DoubleDouble.ZERO;
      for (int t = 0; t < y.length; t++) {
        DoubleDouble in = DoubleDouble.of(y[t]);
        DoubleDouble out = in.times(row[0]).plus(u);
        u = in.times(row[1]).minus(out.times(row[4])).plus(v);
        v = in.times(row[2]).minus(out.times(row[5]));
        y[t] = out.toDouble();
      }
    }
    return y;
  }

  private static double[] plain(Sos sos, double[] x) {
    double[] y = x.clone();
    for (int k = 0; k < sos.sections(); k++) {
      double[] row = sos.row(k);
      double u = 0;
      double v = 0;
      for (int t = 0; t < y.length; t++) {
        double in = y[t];
        y[t] = row[0] * in + u;
        u = row[1] * in - row[4] * y[t] + v;
        v = row[2] * in - row[5] * y[t];
      }
    }
    return y;
  }

  private static double error(double[] exact, double[] y) {
    double error = 0;
    double power = 0;
    for (int t = 0; t < y.length; t++) {
      error += (y[t] - exact[t]) * (y[t] - exact[t]);
      power += exact[t] * exact[t];
    }
    return Math.sqrt(error / power);
  }
}
