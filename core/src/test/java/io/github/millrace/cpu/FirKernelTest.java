package io.github.millrace.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The FIR kernels against the textbook sum. */
class FirKernelTest {

  private static final double EXACT = 1e-14;

  private static Plan plan(Fir fir, int channels, SampleType type, int threads) {
    return Pipeline.of(fir)
        .prepare(
            new StreamFormat(0, channels, type),
            PlanOptions.DEFAULTS.withBackend("java").withThreads(threads));
  }

  private static Fir fir(int taps, Fir.Method method) {
    return Fir.of(KernelRig.noise(1, taps, 42 + taps)[0]).with(method);
  }

  private static double[][] textbook(double[] h, double[][] x) {
    double[][] y = new double[x.length][x[0].length];
    for (int c = 0; c < x.length; c++) {
      for (int n = 0; n < y[c].length; n++) {
        for (int k = 0; k < h.length && k <= n; k++) {
          y[c][n] += h[k] * x[c][n - k];
        }
      }
    }
    return y;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 24, 31, 32, 33, 63, 64, 65, 255, 1500})
  void directIsTheTextbookSumForAnySplit(int taps) {
    Fir fir = fir(taps, Fir.Method.DIRECT);
    double[][] x = KernelRig.noise(3, 3000, taps);
    try (Plan plan = plan(fir, 3, SampleType.FLOAT64, 2)) {
      double[][] whole = KernelRig.whole(plan, x);
      assertTrue(KernelRig.distance(textbook(fir.taps(), x), whole) < EXACT);
      for (int longest : new int[] {1, 40, 2500}) {
        plan.reset();
        double[][] split = KernelRig.split(plan, x, longest, taps);
        for (int c = 0; c < 3; c++) {
          assertArrayEquals(whole[c], split[c], "blocks of at most " + longest);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 63, 64, 65, 300, 1025, 2500})
  void overlapSaveIsTheTextbookSumForAnySplit(int taps) {
    Fir fir = fir(taps, Fir.Method.OVERLAP_SAVE);
    double[][] x = KernelRig.noise(2, 30_000, taps);
    double[][] expected = textbook(fir.taps(), x);
    try (Plan plan = plan(fir, 2, SampleType.FLOAT64, 2)) {
      assertTrue(KernelRig.distance(expected, KernelRig.whole(plan, x)) < EXACT);
      for (int longest : new int[] {100, 1000, 9000}) {
        plan.reset();
        double[][] split = KernelRig.split(plan, x, longest, taps);
        assertTrue(KernelRig.distance(expected, split) < EXACT, "blocks of at most " + longest);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void whatIsNotFiniteReachesTheTapsAfterItOnly(double value) {
    Fir fir = fir(301, Fir.Method.OVERLAP_SAVE);
    double[][] x = KernelRig.noise(2, 20_000, 2);
    double[][] expected = textbook(fir.taps(), x);
    for (int frame : new int[] {0, 5000, 5100, 19_990}) {
      x[0][frame] = value;
    }
    try (Plan plan = plan(fir, 2, SampleType.FLOAT64, 1)) {
      double[][] y = KernelRig.whole(plan, x);
      for (int i = 0; i < 20_000; i++) {
        boolean reached = i <= 300 || (i >= 5000 && i <= 5400) || i >= 19_990;
        assertEquals(reached ? Double.NaN : expected[0][i], y[0][i], 1e-12, "frame " + i);
        assertEquals(expected[1][i], y[1][i], 1e-12, "frame " + i);
      }
    }
  }

  @Test
  void samplesTooLargeForTheSpectrumAreSummedDirectly() {
    Fir fir = fir(301, Fir.Method.OVERLAP_SAVE);
    double[][] x = new double[1][5000];
    Arrays.fill(x[0], 1e306);
    try (Plan plan = plan(fir, 1, SampleType.FLOAT64, 1)) {
      double[] y = KernelRig.whole(plan, x)[0];
      double[] expected = textbook(fir.taps(), x)[0];
      for (int i = 0; i < 5000; i++) {
        assertEquals(1, y[i] / expected[i], 1e-11, "frame " + i);
      }
    }
  }

  @Test
  void theMethodIsChosenByTheNumberOfTaps() {
    for (var method : List.of(Fir.Method.DIRECT, Fir.Method.OVERLAP_SAVE)) {
      int taps = method == Fir.Method.DIRECT ? 32 : 1023;
      try (Plan auto = plan(fir(taps, Fir.Method.AUTO), 1, SampleType.FLOAT64, 1);
          Plan asked = plan(fir(taps, method), 1, SampleType.FLOAT64, 1)) {
        assertEquals(asked.describe(), auto.describe());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Fir.Method.class)
  void float32SamplesAreSummedInFloat64(Fir.Method method) {
    Fir fir = fir(301, method);
    double[][] x = KernelRig.rounded(KernelRig.noise(2, 20_000, 5));
    try (Plan plan = plan(fir, 2, SampleType.FLOAT32, 1)) {
      double[][] y = KernelRig.whole(plan, x);
      assertTrue(KernelRig.distance(textbook(fir.taps(), x), y) < 5e-8);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,2", "2,3", "1,5", "3,2"})
  void sharingOutTimeGivesTheSameBitsInPlace(int channels, int threads) {
    Fir fir = fir(100, Fir.Method.DIRECT);
    double[][] x = KernelRig.noise(channels, 60_001, 9);
    try (Plan one = plan(fir, channels, SampleType.FLOAT64, 1);
        Plan many = plan(fir, channels, SampleType.FLOAT64, threads)) {
      for (int block = 0; block < 3; block++) {
        double[][] expected = KernelRig.forward(one, x);
        double[][] actual = KernelRig.inPlace(many, x);
        for (int c = 0; c < channels; c++) {
          assertArrayEquals(expected[c], actual[c], "block " + block);
        }
        assertEquals(one.state(), many.state());
      }
    }
  }

  @Test
  void sharingOutTimeByOverlapSaveIsTheTextbookSum() {
    Fir fir = fir(1000, Fir.Method.OVERLAP_SAVE);
    double[][] x = KernelRig.noise(1, 50_000, 9);
    double[][] expected = textbook(fir.taps(), x);
    try (Plan plan = plan(fir, 1, SampleType.FLOAT64, 3)) {
      double[][] first = KernelRig.inPlace(plan, KernelRig.part(x, 0, 30_000));
      double[][] second = KernelRig.inPlace(plan, KernelRig.part(x, 30_000, 50_000));
      assertTrue(KernelRig.distance(expected, KernelRig.join(first, second)) < EXACT);
    }
  }

  @ParameterizedTest
  @EnumSource(Fir.Method.class)
  void stateIsTheLastInputOldestFirst(Fir.Method method) {
    Fir fir = fir(70, method);
    double[][] x = KernelRig.noise(2, 9000, 3);
    try (Plan plan = plan(fir, 2, SampleType.FLOAT64, 2)) {
      double[][] first = KernelRig.forward(plan, KernelRig.part(x, 0, 4001));
      StageState state = plan.state().getFirst();
      assertArrayEquals(new int[] {2, 69}, state.shape());
      double[][] last = KernelRig.part(x, 4001 - 69, 4001);
      assertArrayEquals(
          KernelRig.join(new double[][] {last[0]}, new double[][] {last[1]})[0], state.values());
      KernelRig.forward(plan, KernelRig.noise(2, 500, 1));
      plan.restore(List.of(state));
      double[][] y = KernelRig.join(first, KernelRig.forward(plan, KernelRig.part(x, 4001, 9000)));
      assertTrue(KernelRig.distance(textbook(fir.taps(), x), y) < EXACT);
      plan.reset();
      assertEquals(0, plan.state().getFirst().values()[68]);
    }
  }

  @Test
  void aStateOfAnotherLengthIsRefused() {
    try (Plan plan = plan(fir(70, Fir.Method.DIRECT), 2, SampleType.FLOAT64, 1);
        Plan other = plan(fir(71, Fir.Method.DIRECT), 2, SampleType.FLOAT64, 1)) {
      var state = other.state();
      var error = assertThrows(IllegalArgumentException.class, () -> plan.restore(state));
      assertTrue(error.getMessage().contains("[2, 70], expected [2, 69]"), error.getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource(Fir.Method.class)
  void gainsOnLoadAndStoreAreHonoured(Fir.Method method) {
    Fir fir = fir(40, method);
    double[][] x = KernelRig.noise(1, 4000, 8);
    try (Plan plain = plan(fir, 1, SampleType.FLOAT64, 1);
        Plan gained =
            Pipeline.of(new Gain(2), fir, new Gain(-0.25))
                .prepare(plain.inputFormat(), PlanOptions.DEFAULTS.withBackend("java"))) {
      double[] expected = KernelRig.forward(plain, x)[0];
      double[] actual = KernelRig.split(gained, x, 90, 4)[0];
      for (int i = 0; i < expected.length; i++) {
        assertEquals(-0.5 * expected[i], actual[i], 1e-13);
      }
      assertEquals(2 * x[0][3999], gained.state().get(1).values()[38]);
    }
  }

  @ParameterizedTest
  @EnumSource(Fir.Method.class)
  void aForwardAllocatesNothing(Fir.Method method) {
    for (int threads : new int[] {1, 2}) {
      try (Plan plan = plan(fir(300, method), 1, SampleType.FLOAT32, threads)) {
        assertEquals(0, KernelRig.allocated(plan, 20_000, 30), threads + " threads");
        assertEquals(0, KernelRig.allocated(plan, 17, 300), threads + " threads, short");
      }
    }
  }

  @Test
  void nanStaysInItsChannelAndLeavesWithTheHistory() {
    Fir fir = fir(33, Fir.Method.DIRECT);
    double[][] x = KernelRig.noise(2, 3000, 2);
    x[0][1000] = Double.NaN;
    try (Plan plan = plan(fir, 2, SampleType.FLOAT64, 1)) {
      double[][] y = KernelRig.whole(plan, x);
      for (int i = 0; i < 3000; i++) {
        assertEquals(i >= 1000 && i < 1033, Double.isNaN(y[0][i]), "frame " + i);
        assertTrue(Double.isFinite(y[1][i]), "frame " + i);
      }
    }
  }
}
