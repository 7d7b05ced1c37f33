package io.github.millrace.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.design.Band;
import io.github.millrace.design.Comb;
import io.github.millrace.design.IirDesign;
import io.github.millrace.design.Notch;
import io.github.millrace.design.Sos;
import io.github.millrace.design.state.RoundingError;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What cascades on a device must do in long blocks, cut into runs or filtered frame after frame: a
 * subclass names its backend and the independent probe.
 */
@Tag(Verify.TAG)
public abstract class CascadeContract {

  private static final int FRAMES = 500_003;
  private static final int HALF = 200_001;
  private static final double RATE = 48_000;
  private static final PlanOptions PRECISE = PlanOptions.DEFAULTS;
  private static final PlanOptions FAST = PRECISE.withPrecision(Precision.FAST);

  /** Filters that forget within a run, within a few runs, and hardly ever. */
  static Stream<IirDesign> filters() {
    return Stream.of(
        Iir.butterworth(8, Band.low(480)).design(),
        Iir.butterworth(8, Band.low(24)).design(),
        Iir.butterworth(2, Band.high(0.5)).design(),
        new Notch(50, 300),
        new Comb(1000, 30));
  }

  /** The backend under test. */
  protected abstract Backend backend();

  /** Why the device cannot be here, found without the backend; empty where it must be here. */
  protected abstract Optional<String> absence();

  @BeforeEach
  final void requireDevice() {
    Assumptions.assumeTrue(absence().isEmpty(), () -> absence().get());
  }

  @ParameterizedTest
  @MethodSource("filters")
  void runsEqualTheReference(IirDesign filter) {
    requireReference(new SosCascade(filter.sos(RATE)), PRECISE);
  }

  @ParameterizedTest
  @MethodSource("filters")
  void framesInTurnEqualTheReference(IirDesign filter) {
    requireReference(new SosCascade(filter.sos(RATE)), PRECISE.withThreshold(Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 17, 64})
  void longCascadesEqualTheReference(int sections) {
    requireReference(new SosCascade(chain(sections)), PRECISE);
  }

  /** Slow as well as long, so that whole states are joined by powers of one large matrix. */
  @Test
  void longSlowCascadeEqualsTheReference() {
    Sos sos = new Notch(50, 300).sos(RATE).then(new Comb(1000, 30).sos(RATE)).then(chain(30));
    requireReference(new SosCascade(sos), PRECISE);
  }

  @Test
  void tooLongACascadeIsRefused() {
    BackendException e =
        org.junit.jupiter.api.Assertions.assertThrows(
            BackendException.class, () -> requireReference(new SosCascade(chain(65)), PRECISE));
    assertTrue(e.getMessage().contains("at most 64 sections"), e.getMessage());
  }

  /** All-pass sections at many frequencies, which keep the level. */
  private static Sos chain(int sections) {
    double[][] rows = new double[sections][];
    for (int s = 0; s < sections; s++) {
      double angle = Math.PI * (s + 1) / (sections + 1);
      double a1 = -2 * 0.9 * Math.cos(angle);
      rows[s] = new double[] {0.81, a1, 1, 1, a1, 0.81};
    }
    return Sos.of(rows);
  }

  private void requireReference(SosCascade cascade, PlanOptions options) {
    double[] x = noise(0.25);
    double[] expected = run(new JavaBackend(), cascade, x, SampleType.FLOAT64, PRECISE);
    double peak = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    double tolerance = peak * Math.max(1e-13, 50 * RoundingError.of(cascade.sos()));
    double[] y = run(backend(), cascade, x, SampleType.FLOAT64, options);
    assertArrayEquals(expected, y, tolerance);
  }

  @ParameterizedTest
  @MethodSource("filters")
  void notANumberReachesEveryLaterRun(IirDesign filter) {
    double[] x = noise(0.25);
    x[1000] = Double.NaN;
    double[] y = run(backend(), new Iir(filter), x, SampleType.FLOAT64, PRECISE);
    for (int i = 0; i < FRAMES; i++) {
      assertEquals(i >= 1000, Double.isNaN(y[i]), "frame " + i + " is " + y[i]);
    }
  }

  /** Over several runs and over a scan, in every arithmetic. */
  @ParameterizedTest
  @CsvSource({
    "FLOAT32,PRECISE,480,several runs", "FLOAT32,FAST,480,several runs",
    "FLOAT64,PRECISE,480,several runs", "FLOAT32,PRECISE,0.5,'several runs, scanned'",
    "FLOAT32,FAST,0.5,'several runs, scanned'", "FLOAT64,PRECISE,0.5,'several runs, scanned'"
  })
  void theSameCallGivesTheSameBits(
      SampleType type, Precision precision, double cutoff, String path) {
    StreamFormat format = new StreamFormat(RATE, 1, type);
    PlanOptions options =
        PRECISE.withPrecision(precision).withThreshold(0).withBackend(backend().name());
    Pipeline filter = Pipeline.of(Iir.butterworth(2, Band.low(cutoff)));
    double[] x = noise(0.25);
    try (Plan plan = new Planner(List.of(backend())).prepare(filter, format, options);
        SignalBuffer in = SignalBuffer.allocate(format, FRAMES);
        SignalBuffer first = SignalBuffer.allocate(format, FRAMES);
        SignalBuffer out = SignalBuffer.allocate(format, FRAMES)) {
      for (int i = 0; i < FRAMES; i++) {
        in.set(0, i, x[i]);
      }
      plan.forward(in, first);
      assertTrue(plan.describe().endsWith("last block: " + path + "\n"), plan.describe());
      for (int run = 1; run < 25; run++) {
        plan.reset();
        plan.forward(in, out);
        assertEquals(-1, first.segment().mismatch(out.segment()), "run " + run + ", first byte");
      }
    }
  }

  /**
   * A filter in float32 arithmetic.
   *
   * @param most relative rms error against float64
   */
  record Accuracy(IirDesign filter, double most) {}

  /** Cutoffs as fractions of the Nyquist frequency, white noise. */
  static Stream<Accuracy> accuracies() {
    double nyquist = RATE / 2;
    return Stream.of(
        new Accuracy(Iir.butterworth(4, Band.low(.2 * nyquist)).design(), 1e-4),
        new Accuracy(Iir.butterworth(8, Band.low(.001 * nyquist)).design(), 1e-4),
        new Accuracy(Iir.butterworth(16, Band.low(.001 * nyquist)).design(), 1e-4),
        new Accuracy(Iir.butterworth(4, Band.high(.001 * nyquist)).design(), 5e-4),
        new Accuracy(new Notch(.005 * nyquist, 30), 5e-4));
  }

  @ParameterizedTest
  @MethodSource("accuracies")
  void float32ArithmeticKeepsItsWord(Accuracy expected) {
    Iir filter = new Iir(expected.filter());
    double[] x = noise(0);
    double[] exact = run(new JavaBackend(), filter, x, SampleType.FLOAT64, PRECISE);
    for (int block : new int[] {FRAMES, 65_537, 4_097, 777}) {
      requireAccuracy(
          expected,
          exact,
          run(backend(), filter, x, SampleType.FLOAT32, FAST.withThreshold(0), block));
    }
    PlanOptions inTurn = FAST.withThreshold(Long.MAX_VALUE);
    requireAccuracy(expected, exact, run(backend(), filter, x, SampleType.FLOAT32, inTurn, 4_097));
  }

  private static void requireAccuracy(Accuracy expected, double[] exact, double[] y) {
    double error = error(exact, y);
    System.out.printf("FAST, %s: %.1e%n", expected.filter().describe(), error);
    assertTrue(error <= expected.most(), "relative rms error " + error);
  }

  private static double error(double[] exact, double[] y) {
    double power = Arrays.stream(exact).map(v -> v * v).sum();
    double difference =
        IntStream.range(0, y.length).mapToDouble(i -> y[i] - exact[i]).map(d -> d * d).sum();
    return Math.sqrt(difference / power);
  }

  /** White noise with an offset, as float32 holds it. */
  private static double[] noise(double offset) {
    SplittableRandom random = new SplittableRandom(7);
    double[] x = new double[FRAMES];
    Arrays.setAll(x, i -> (float) (offset + random.nextGaussian()));
    return x;
  }

  /** In two blocks. */
  private static double[] run(
      Backend backend, Stage stage, double[] x, SampleType type, PlanOptions options) {
    return run(backend, stage, x, type, options, HALF);
  }

  /** In place. */
  private static double[] run(
      Backend backend, Stage stage, double[] x, SampleType type, PlanOptions options, int block) {
    StreamFormat format = new StreamFormat(RATE, 1, type);
    Planner planner = new Planner(List.of(backend));
    try (Plan plan =
            planner.prepare(Pipeline.of(stage), format, options.withBackend(backend.name()));
        SignalBuffer buffer = SignalBuffer.allocate(format, FRAMES)) {
      for (int i = 0; i < FRAMES; i++) {
        buffer.set(0, i, x[i]);
      }
      for (int at = 0; at < FRAMES; at += block) {
        SignalBuffer part = buffer.slice(at, Math.min(block, FRAMES - at));
        plan.forward(part, part);
      }
      return buffer.toDoubles(0);
    }
  }
}
