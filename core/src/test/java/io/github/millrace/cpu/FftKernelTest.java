package io.github.millrace.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.FirGolden;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Stage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spectra of blocks against the defining sum in extended precision, and back. */
class FftKernelTest {

  private static Plan plan(StreamFormat format, Stage... stages) {
    return Pipeline.of(stages)
        .prepare(format, PlanOptions.DEFAULTS.withBackend("java").withThreads(2));
  }

  private static StreamFormat time(int channels) {
    return new StreamFormat(48_000, channels, SampleType.FLOAT64);
  }

  static List<FirGolden.Case> blocks() {
    return FirGolden.read("fft_blocks");
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void spectraEqualTheDefiningSum(FirGolden.Case row) {
    int block = row.integer(0);
    int bins = block / 2 + 1;
    double[] numbers = row.numbers();
    double[][] x = {Arrays.copyOf(numbers, block)};
    double[][] expected = {
      Arrays.copyOfRange(numbers, block, block + bins),
      Arrays.copyOfRange(numbers, block + bins, numbers.length)
    };
    try (Plan forward = plan(time(1), new Fft(block));
        Plan inverse = plan(forward.outputFormat(), new InverseFft())) {
      double[][] spectrum = KernelRig.whole(forward, x);
      assertTrue(KernelRig.distance(expected, spectrum) < 2e-15);
      double[][] back = KernelRig.whole(inverse, expected);
      assertTrue(KernelRig.distance(x, back) < 2e-15);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 15, 64, 100})
  void anySplitGivesTheSameSpectraAndSamples(int block) {
    double[][] x = KernelRig.noise(3, 1000, block);
    int blocks = (1000 + block - 1) / block;
    try (Plan forward = plan(time(3), new Fft(block));
        Plan inverse = plan(forward.outputFormat(), new InverseFft())) {
      double[][] whole = KernelRig.whole(forward, x);
      assertEquals(6, whole.length);
      assertEquals(blocks * (block / 2 + 1), whole[0].length);
      double[][] samples = KernelRig.whole(inverse, whole);
      assertEquals(blocks * block, samples[0].length);
      assertTrue(KernelRig.distance(x, KernelRig.part(samples, 0, 1000)) < 1e-15);
      for (int longest : new int[] {1, 7, 300}) {
        forward.reset();
        inverse.reset();
        assertArrayEquals(whole, KernelRig.split(forward, x, longest, 5));
        assertArrayEquals(samples, KernelRig.split(inverse, whole, longest, 6));
      }
    }
  }

  @Test
  void aPartialBlockIsPaddedWithZerosAtFlush() {
    try (Plan plan = plan(time(1), new Fft(4))) {
      double[][] y = KernelRig.whole(plan, new double[][] {{1, 1, 1, 1, 2}});
      assertArrayEquals(new double[] {4, 0, 0, 2, 2, 2}, y[0]);
      assertArrayEquals(new double[6], Arrays.stream(y[1]).map(v -> v + 0.0).toArray());
      assertEquals(3, plan.latencyFrames());
      assertEquals(6, plan.maxOutputFrames(5));
    }
  }

  @Test
  void stateIsThePendingFrames() {
    double[][] x = KernelRig.noise(2, 100, 4);
    try (Plan plan = plan(time(2), new Fft(16));
        Plan other = plan(time(2), new Fft(16))) {
      double[][] first = KernelRig.forward(plan, KernelRig.part(x, 0, 37));
      StageState state = plan.state().getFirst();
      assertArrayEquals(new int[] {2, 16}, state.shape());
      assertEquals(5, state.position());
      assertArrayEquals(
          Arrays.copyOf(Arrays.copyOfRange(x[1], 32, 37), 16),
          Arrays.copyOfRange(state.values(), 16, 32));
      KernelRig.forward(other, KernelRig.noise(2, 3, 9));
      other.restore(List.of(state));
      double[][] y = KernelRig.join(first, KernelRig.whole(other, KernelRig.part(x, 37, 100)));
      plan.reset();
      assertArrayEquals(KernelRig.whole(plan, x), y);
    }
  }

  @Test
  void aStateBeyondTheBlockIsRefused() {
    try (Plan plan = plan(time(1), new Fft(4))) {
      StageState state = StageState.of(new int[] {1, 4}, new double[4], 4);
      var error = assertThrows(IllegalArgumentException.class, () -> plan.restore(List.of(state)));
      assertTrue(error.getMessage().contains("at frame 4 of its block, expected 0 to 3"));
    }
  }

  @Test
  void float32IsTransformedInFloat64() {
    double[][] x = KernelRig.rounded(KernelRig.noise(1, 4096, 8));
    try (Plan narrow = plan(new StreamFormat(0, 1, SampleType.FLOAT32), new Fft(512));
        Plan wide = plan(time(1), new Fft(512))) {
      double[][] expected = KernelRig.rounded(KernelRig.whole(wide, x));
      assertArrayEquals(expected, KernelRig.whole(narrow, x));
    }
  }

  @Test
  void aForwardAllocatesNothing() {
    for (int block : new int[] {1024, 441}) {
      try (Plan plan = plan(time(2), new Fft(block), new InverseFft())) {
        assertEquals(0, KernelRig.allocated(plan, 5000, 200), "block " + block);
      }
    }
  }
}
