package io.github.millrace.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.design.Band;
import io.github.millrace.design.IirDesign;
import io.github.millrace.design.Notch;
import io.github.millrace.design.Sos;
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
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Float32 samples of white noise against the Java backend in float64, which is far nearer to the
 * truth than either bound: relative rms errors of PRECISE and FAST.
 */
class AccuracyTest {

  private static final int FRAMES = 300_000;
  private static final double RATE = 48_000;
  private static final double NYQUIST = RATE / 2;

  /** What precise costs: the rounding of the output samples. */
  private static final double PRECISE_BOUND = 5e-8;

  /** Fast against a plain cascade in float32. */
  private static final double FAST_FACTOR = 1.5;

  /** Narrow filters, on which float32 arithmetic fails, and all even orders to 24. */
  static Stream<IirDesign> filters() {
    Stream<IirDesign> table =
        Stream.of(
            Iir.butterworth(4, Band.low(0.2 * NYQUIST)).design(),
            Iir.butterworth(8, Band.low(0.001 * NYQUIST)).design(),
            Iir.butterworth(16, Band.low(0.001 * NYQUIST)).design(),
            Iir.butterworth(4, Band.high(0.001 * NYQUIST)).design(),
            new Notch(0.005 * NYQUIST, 30));
    Stream<IirDesign> orders =
        Stream.iterate(2, order -> order <= 24, order -> order + 2)
            .map(order -> Iir.butterworth(order, Band.low(0.02 * NYQUIST)).design());
    return Stream.concat(table, orders);
  }

  @BeforeEach
  void requireLibrary() {
    NativeLibrary library = NativeLibrary.get();
    Assumptions.assumeTrue(library.isLoaded(), library.reason());
  }

  @ParameterizedTest
  @MethodSource("filters")
  void errorsStayInTheirBounds(IirDesign filter) {
    float[] x = noise();
    double[] exact = reference(filter, x);
    float[] precise = run(filter, x, Precision.PRECISE);
    float[] fast = run(filter, x, Precision.FAST);
    double preciseError = relativeRms(precise, exact);
    assertTrue(preciseError <= PRECISE_BOUND, "precise is off by " + preciseError);
    double plainError = relativeRms(plain(filter.sos(RATE), x), exact);
    double fastError = relativeRms(fast, exact);
    assertTrue(
        fastError <= FAST_FACTOR * plainError,
        () -> "fast is off by " + fastError + ", a plain cascade in float32 by " + plainError);
    assertFalse(Arrays.equals(precise, fast), "fast has the bits of precise");
  }

  /** High orders at which whatever rounds samples between sections shows. */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.02, 0.2})
  void preciseHoldsItsBoundAtHighOrders(double cutoff) {
    IirDesign filter = Iir.butterworth(64, Band.low(cutoff * NYQUIST)).design();
    float[] x = noise();
    double error = relativeRms(run(filter, x, Precision.PRECISE), reference(filter, x));
    assertTrue(error <= PRECISE_BOUND, () -> "off by " + error);
  }

  /** In groups, with float32 samples between them, which do not hold the signal after the first. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void longCascadesNeitherVanishNorOverflow(Precision precision) {
    double[][] rows = new double[160][];
    for (int k = 0; k < rows.length; k++) {
      rows[k] = new double[] {k < 80 ? 0x1p-9 : 0x1p9, 0, 0, 1, 0, 0};
    }
    float[] x = noise();
    StreamFormat format = new StreamFormat(RATE, 1, SampleType.FLOAT32);
    Stage stage = new SosCascade(Sos.of(rows));
    try (Plan plan = plan(new NativeBackend(), stage, format, precision);
        SignalBuffer buffer = SignalBuffer.ofPlanar(x)) {
      plan.forward(buffer, buffer);
      assertArrayEquals(x, buffer.toFloats(0));
    }
  }

  private static float[] noise() {
    SplittableRandom random = new SplittableRandom(11);
    float[] x = new float[FRAMES];
    for (int i = 0; i < FRAMES; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  private static double[] reference(IirDesign filter, float[] x) {
    StreamFormat format = new StreamFormat(RATE, 1, SampleType.FLOAT64);
    double[] wide = new double[FRAMES];
    Arrays.setAll(wide, i -> x[i]);
    try (Plan plan = plan(new JavaBackend(), new Iir(filter), format, Precision.PRECISE);
        SignalBuffer buffer = SignalBuffer.ofPlanar(wide)) {
      plan.forward(buffer, buffer);
      return buffer.toDoubles(0);
    }
  }

  private static float[] run(IirDesign filter, float[] x, Precision precision) {
    StreamFormat format = new StreamFormat(RATE, 1, SampleType.FLOAT32);
    try (Plan plan = plan(new NativeBackend(), new Iir(filter), format, precision);
        SignalBuffer buffer = SignalBuffer.ofPlanar(x)) {
      plan.forward(buffer, buffer);
      return buffer.toFloats(0);
    }
  }

  private static Plan plan(Backend backend, Stage stage, StreamFormat format, Precision precision) {
    PlanOptions options =
        PlanOptions.DEFAULTS.withBackend(backend.name()).withPrecision(precision).withThreads(1);
    return new Planner(List.of(backend)).prepare(Pipeline.of(stage), format, options);
  }

  /** SciPy's sosfilt on float32: every product and sum rounded to float32. */
  private static float[] plain(Sos sos, float[] x) {
    float[] y = x.clone();
    for (int s = 0; s < sos.sections(); s++) {
      double[] row = sos.row(s);
      float[] c = new float[6];
      for (int i = 0; i < 6; i++) {
        c[i] = (float) row[i];
      }
      float s1 = 0;
      float s2 = 0;
      for (int t = 0; t < FRAMES; t++) {
        float in = y[t];
        float out = c[0] * in + s1;
        s1 = c[1] * in - c[4] * out + s2;
        s2 = c[2] * in - c[5] * out;
        y[t] = out;
      }
    }
    return y;
  }

  private static double relativeRms(float[] got, double[] exact) {
    double error = 0;
    double power = 0;
    for (int i = 0; i < FRAMES; i++) {
      error += (got[i] - exact[i]) * (got[i] - exact[i]);
      power += exact[i] * exact[i];
    }
    return Math.sqrt(error / power);
  }
}
