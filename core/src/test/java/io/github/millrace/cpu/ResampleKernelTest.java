package io.github.millrace.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.fir.ResamplerTaps;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.Resample.Quality;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The resampler against the textbook sum over taps that SciPy's output has confirmed. */
class ResampleKernelTest {

  private static Plan plan(Resample stage, StreamFormat in, int threads) {
    return Pipeline.of(stage)
        .prepare(in, PlanOptions.DEFAULTS.withBackend("java").withThreads(threads));
  }

  private static StreamFormat format(int rate, int channels) {
    return new StreamFormat(rate, channels, SampleType.FLOAT64);
  }

  private static double[][] textbook(Resample stage, StreamFormat in, double[][] x) {
    ResamplerTaps taps =
        ResamplerTaps.of(
            stage.up(in),
            stage.down(in),
            stage.quality().rejectionDb(),
            stage.quality().passBand());
    double[] phases = taps.phases();
    int frames = (int) Math.ceilDiv((long) x[0].length * taps.up(), taps.down());
    double[][] y = new double[x.length][frames];
    for (int c = 0; c < x.length; c++) {
      for (int k = 0; k < frames; k++) {
        long position = (long) k * taps.down();
        int row = (int) (position % taps.up()) * taps.perPhase();
        int oldest = (int) (position / taps.up()) - taps.half() + 1;
        for (int i = Math.max(0, -oldest); i < taps.perPhase() && oldest + i < x[c].length; i++) {
          y[c][k] += phases[row + i] * x[c][oldest + i];
        }
      }
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({
    "44100,48000,STANDARD", "48000,44100,FAST", "96000,22050,BEST", "8000,48000,STANDARD",
    "48000,8000,FAST", "48000,48000,FAST", "7,48000,FAST", "48000,47999,FAST"
  })
  void anySplitIsTheTextbookSum(int from, int to, Quality quality) {
    Resample stage = new Resample(to, quality);
    StreamFormat in = format(from, 2);
    int frames = Math.min(6000, (int) (20_000L * from / to));
    double[][] x = KernelRig.noise(2, frames, to);
    try (Plan plan = plan(stage, in, 2)) {
      double[][] whole = KernelRig.whole(plan, x);
      assertTrue(KernelRig.distance(textbook(stage, in, x), whole) < 1e-14);
      for (int longest : new int[] {1, 60, 4000}) {
        plan.reset();
        double[][] split = KernelRig.split(plan, x, Math.min(longest, frames), 3);
        assertArrayEquals(whole, split, "blocks of at most " + longest);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 27, 28, 29, 100, 147, 148})
  void shortSignalsGiveEveryFrame(int frames) {
    Resample stage = new Resample(48_000, Quality.FAST);
    StreamFormat in = format(44_100, 1);
    double[][] x = KernelRig.noise(1, frames, 5);
    try (Plan plan = plan(stage, in, 1)) {
      double[][] y = KernelRig.whole(plan, x);
      assertEquals(Math.ceilDiv(frames * 160, 147), y[0].length);
      assertTrue(KernelRig.distance(textbook(stage, in, x), y) < 1e-14);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,65536,300", "65536,1,200000", "65535,65536,3000", "65536,65535,3000"})
  void theLargestFactorsWork(int from, int to, int frames) {
    Resample stage = new Resample(to, Quality.FAST);
    StreamFormat in = format(from, 1);
    double[][] x = KernelRig.noise(1, frames, 4);
    try (Plan plan = plan(stage, in, 2)) {
      double[][] y = KernelRig.split(plan, x, frames, 1);
      assertEquals(Math.ceilDiv((long) frames * to, from), y[0].length);
      assertTrue(KernelRig.distance(textbook(stage, in, x), y) < 1e-13);
    }
  }

  @Test
  void timeIsSharedOutToTheSameBits() {
    Resample stage = new Resample(44_100);
    double[][] x = KernelRig.noise(1, 100_000, 6);
    try (Plan one = plan(stage, format(48_000, 1), 1);
        Plan three = plan(stage, format(48_000, 1), 3)) {
      for (int block = 0; block < 3; block++) {
        assertArrayEquals(KernelRig.forward(one, x), KernelRig.forward(three, x));
      }
      assertEquals(one.state(), three.state());
      assertArrayEquals(KernelRig.flush(one), KernelRig.flush(three));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 55, 56, 200, 1000})
  void aStreamGoesOnFromItsState(int read) {
    Resample stage = new Resample(44_100, Quality.FAST);
    StreamFormat in = format(48_000, 2);
    double[][] x = KernelRig.noise(2, 1500, 7);
    try (Plan first = plan(stage, in, 1);
        Plan second = plan(stage, in, 1)) {
      double[][] head = KernelRig.forward(first, KernelRig.part(x, 0, read));
      KernelRig.forward(second, KernelRig.noise(2, 333, 1));
      StageState state = first.state().getFirst();
      assertEquals(read, state.position());
      int past = state.shape()[1];
      for (int i = 0; i < past; i++) {
        int frame = read - past + i;
        assertEquals(frame < 0 ? 0 : x[1][frame], state.values()[past + i], "history " + i);
      }
      second.restore(List.of(state));
      double[][] tail = KernelRig.whole(second, KernelRig.part(x, read, 1500));
      first.reset();
      assertArrayEquals(KernelRig.whole(first, x), KernelRig.join(head, tail));
    }
  }

  @Test
  void positionsBeyondAnIntAreExact() {
    Resample stage = new Resample(44_100, Quality.FAST);
    double[][] x = KernelRig.noise(1, 3000, 8);
    try (Plan plan = plan(stage, format(48_000, 1), 1)) {
      KernelRig.forward(plan, KernelRig.part(x, 0, 1000));
      StageState state = plan.state().getFirst();
      double[][] expected = KernelRig.whole(plan, KernelRig.part(x, 1000, 3000));
      long far = 1000 + 160 * (1L << 50);
      plan.restore(List.of(StageState.of(state.shape(), state.values(), far)));
      assertArrayEquals(expected, KernelRig.whole(plan, KernelRig.part(x, 1000, 3000)));
    }
  }

  @Test
  void aConstantStaysThatConstant() {
    double[][] x = new double[1][4000];
    Arrays.fill(x[0], 1000);
    try (Plan plan = plan(new Resample(48_000, Quality.FAST), format(44_100, 1), 1)) {
      double[] y = KernelRig.whole(plan, x)[0];
      for (int k = 100; k < y.length - 100; k++) {
        assertEquals(1000, y[k], 2e-12, "frame " + k);
      }
    }
  }

  @Test
  void float32AndGainsAreHonoured() {
    double[][] x = KernelRig.rounded(KernelRig.noise(1, 3000, 9));
    Resample stage = new Resample(44_100, Quality.FAST);
    StreamFormat narrow = new StreamFormat(48_000, 1, SampleType.FLOAT32);
    double[] expected = textbook(stage, format(48_000, 1), x)[0];
    try (Plan plan =
        Pipeline.of(new Gain(3), stage, new Gain(-0.5))
            .prepare(narrow, PlanOptions.DEFAULTS.withBackend("java"))) {
      double[] y = KernelRig.split(plan, x, 500, 2)[0];
      for (int k = 0; k < expected.length; k++) {
        assertEquals((float) (-1.5 * expected[k]), y[k], 2.5e-7, "frame " + k);
      }
    }
  }

  @Test
  void aForwardAllocatesNothing() {
    for (int threads : new int[] {1, 2}) {
      try (Plan plan = plan(new Resample(44_100), format(48_000, 1), threads)) {
        assertEquals(0, KernelRig.allocated(plan, 20_000, 20), threads + " threads");
        assertEquals(0, KernelRig.allocated(plan, 17, 300), threads + " threads, short");
      }
    }
  }

  @Test
  void whatThePlanPromises() {
    try (Plan plan = plan(new Resample(44_100, Quality.FAST), format(48_000, 1), 1)) {
      assertEquals(44_100, plan.maxOutputFrames(48_000));
      assertEquals(1, plan.maxOutputFrames(1));
      assertEquals(32, plan.latencyFrames());
      assertEquals(30, plan.flushFrames());
      assertTrue(plan.describe().contains("147 / 160, 64 taps a frame"), plan.describe());
      StageState before = StageState.of(new int[] {1, 63}, new double[63], -1);
      var error = assertThrows(IllegalArgumentException.class, () -> plan.restore(List.of(before)));
      assertTrue(error.getMessage().contains("at frame -1, expected at least 0"));
    }
  }
}
