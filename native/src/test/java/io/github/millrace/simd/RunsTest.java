package io.github.millrace.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.design.Band;
import io.github.millrace.design.Comb;
import io.github.millrace.design.IirDesign;
import io.github.millrace.design.Notch;
import io.github.millrace.design.state.RoundingError;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Iir;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One channel cut into runs for several threads equals the Java backend. */
class RunsTest {

  private static final int FRAMES = 500_003;
  private static final int HALF = 200_001;
  private static final double RATE = 48_000;

  /** Filters that forget within a run, within a few runs, and hardly ever. */
  static Stream<IirDesign> filters() {
    return Stream.of(
        Iir.butterworth(8, Band.low(480)).design(),
        Iir.butterworth(8, Band.low(24)).design(),
        Iir.butterworth(2, Band.high(0.5)).design(),
        new Notch(50, 300),
        new Comb(1000, 30));
  }

  @BeforeEach
  void requireLibrary() {
    NativeLibrary library = NativeLibrary.get();
    Assumptions.assumeTrue(library.isLoaded(), library.reason());
  }

  @ParameterizedTest
  @MethodSource("filters")
  void runsEqualTheReference(IirDesign filter) {
    double[] x = noise();
    double[] expected = run(new JavaBackend(), filter, x, 1);
    double peak = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    double tolerance = peak * Math.max(1e-13, 50 * RoundingError.of(filter.sos(RATE)));
    for (int threads : new int[] {1, 2, 3, 5}) {
      double[] y = run(nativeBackend(), filter, x, threads);
      assertArrayEquals(expected, y, tolerance, threads + " threads");
      assertArrayEquals(y, run(nativeBackend(), filter, x, threads), "the same bits again");
    }
  }

  @ParameterizedTest
  @MethodSource("filters")
  void notANumberReachesEveryLaterRun(IirDesign filter) {
    double[] x = noise();
    x[1000] = Double.NaN;
    double[] y = run(nativeBackend(), filter, x, 3);
    for (int i = 0; i < FRAMES; i++) {
      assertTrue(Double.isNaN(y[i]) == (i >= 1000), "frame " + i + " is " + y[i]);
    }
  }

  private static Backend nativeBackend() {
    return new NativeBackend();
  }

  private static double[] noise() {
    SplittableRandom random = new SplittableRandom(7);
    double[] x = new double[FRAMES];
    Arrays.setAll(x, i -> 0.25 + random.nextGaussian());
    return x;
  }

  /** In place, in two blocks. */
  private static double[] run(Backend backend, IirDesign filter, double[] x, int threads) {
    StreamFormat format = new StreamFormat(RATE, 1, SampleType.FLOAT64);
    PlanOptions options = PlanOptions.DEFAULTS.withBackend(backend.name()).withThreads(threads);
    try (Plan plan =
            new Planner(List.of(backend)).prepare(Pipeline.of(new Iir(filter)), format, options);
        SignalBuffer buffer = SignalBuffer.ofPlanar(x)) {
      for (SignalBuffer part : List.of(buffer.slice(0, HALF), buffer.slice(HALF, FRAMES - HALF))) {
        plan.forward(part, part);
      }
      return buffer.toDoubles(0);
    }
  }
}
