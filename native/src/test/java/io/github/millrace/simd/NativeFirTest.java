package io.github.millrace.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FIR filters in C beside the Java backend. */
class NativeFirTest {

  private static final int FRAMES = 100_003;
  private static final PlanOptions ONE = PlanOptions.DEFAULTS.withThreads(1);
  private static final PlanOptions FAST = ONE.withPrecision(Precision.FAST);

  @BeforeEach
  void requireLibrary() {
    NativeLibrary library = NativeLibrary.get();
    Assumptions.assumeTrue(library.isLoaded(), library.reason());
  }

  /** One channel in runs of several threads, in place and in two blocks. */
  @ParameterizedTest
  @CsvSource({"63,DIRECT", "63,OVERLAP_SAVE", "1000,OVERLAP_SAVE", "2049,DIRECT", "1,AUTO"})
  void runsEqualTheReference(int taps, Fir.Method method) {
    Fir fir = fir(taps).with(method);
    double[] expected = run(plan(new JavaBackend(), SampleType.FLOAT64, ONE, fir));
    for (int threads : new int[] {1, 2, 3, 5}) {
      PlanOptions options = ONE.withThreads(threads);
      double[] y = run(plan(new NativeBackend(), SampleType.FLOAT64, options, fir));
      assertTrue(distance(expected, y) < 1e-14, threads + " threads");
      double[] again = run(plan(new NativeBackend(), SampleType.FLOAT64, options, fir));
      assertArrayEquals(y, again, "the same bits again");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 63, 255, 4_097, 65_537})
  void accuracyOfBothPrecisions(int taps) {
    Fir fir = fir(taps);
    double[] expected = run(plan(new JavaBackend(), SampleType.FLOAT64, ONE, fir));
    double[] precise = run(plan(new NativeBackend(), SampleType.FLOAT32, ONE, fir));
    double[] fast = run(plan(new NativeBackend(), SampleType.FLOAT32, FAST, fir));
    assertTrue(distance(expected, precise) <= 5e-8, "precise: " + distance(expected, precise));
    assertTrue(distance(expected, fast) <= 5e-7, "fast: " + distance(expected, fast));
    assertFalse(Arrays.equals(precise, fast), "fast and precise have the same bits");
  }

  /** Float64 samples are filtered in float64 whatever the precision. */
  @Test
  void fastIsPreciseForFloat64() {
    Fir fir = fir(301);
    assertArrayEquals(
        run(plan(new NativeBackend(), SampleType.FLOAT64, ONE, fir)),
        run(plan(new NativeBackend(), SampleType.FLOAT64, FAST, fir)));
  }

  /** A state taken from the Java backend in mid-signal goes on here, and the other way round. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void stateMovesBetweenBackends(Precision precision) {
    Fir fir = fir(301);
    PlanOptions options = ONE.withPrecision(precision);
    double[] x = noise();
    try (Plan java = plan(new JavaBackend(), SampleType.FLOAT32, ONE, fir);
        Plan here = plan(new NativeBackend(), SampleType.FLOAT32, options, fir)) {
      double[] expected = forward(java, x, 0, 9_000);
      forward(here, x, 0, 5_000);
      java.reset();
      forward(java, x, 0, 5_000);
      assertEquals(java.state(), here.state());
      here.restore(java.state());
      double[] rest = forward(here, x, 5_000, 4_000);
      double[] wanted = Arrays.copyOfRange(expected, 5_000, 9_000);
      assertTrue(distance(wanted, rest) < (precision == Precision.FAST ? 5e-7 : 1e-7));
    }
  }

  @ParameterizedTest
  @EnumSource(Fir.Method.class)
  void theMethodAskedForIsTaken(Fir.Method method) {
    for (int taps : new int[] {9, 900}) {
      boolean direct = method == Fir.Method.AUTO ? taps == 9 : method == Fir.Method.DIRECT;
      try (Plan plan = plan(new NativeBackend(), SampleType.FLOAT32, ONE, fir(taps).with(method))) {
        assertEquals(direct, plan.describe().contains("direct"), plan.describe());
        assertEquals(direct, !plan.describe().contains("overlap-save"), plan.describe());
      }
    }
  }

  private static Plan plan(Backend backend, SampleType type, PlanOptions options, Stage... stages) {
    StreamFormat format = new StreamFormat(48_000, 1, type);
    return new Planner(List.of(backend))
        .prepare(Pipeline.of(stages), format, options.withBackend(backend.name()));
  }

  private static Fir fir(int taps) {
    SplittableRandom random = new SplittableRandom(taps);
    return Fir.of(random.doubles(taps, -1, 1).toArray());
  }

  private static double[] noise() {
    SplittableRandom random = new SplittableRandom(7);
    return random.doubles(FRAMES, -1, 1).map(v -> (float) v).toArray();
  }

  /** The noise in place, in two blocks. */
  private static double[] run(Plan plan) {
    int half = FRAMES / 2 + 7;
    try (plan;
        SignalBuffer buffer = SignalBuffer.allocate(plan.inputFormat(), FRAMES)) {
      double[] x = noise();
      for (int i = 0; i < FRAMES; i++) {
        buffer.set(0, i, x[i]);
      }
      for (var part : List.of(buffer.slice(0, half), buffer.slice(half, FRAMES - half))) {
        plan.forward(part, part);
      }
      return buffer.toDoubles(0);
    }
  }

  private static double[] forward(Plan plan, double[] x, int from, int count) {
    try (SignalBuffer buffer = SignalBuffer.allocate(plan.inputFormat(), count)) {
      for (int i = 0; i < count; i++) {
        buffer.set(0, i, x[from + i]);
      }
      plan.forward(buffer, buffer);
      return buffer.toDoubles(0);
    }
  }

  private static double distance(double[] expected, double[] actual) {
    double error = 0;
    double power = 0;
    for (int i = 0; i < expected.length; i++) {
      error += (expected[i] - actual[i]) * (expected[i] - actual[i]);
      power += expected[i] * expected[i];
    }
    return Math.sqrt(error / power);
  }
}
