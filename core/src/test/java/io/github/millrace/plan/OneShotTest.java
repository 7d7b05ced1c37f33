package io.github.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.Band;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomKernel;
import io.github.millrace.stage.CustomStage;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Mix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whole arrays, by plans that are kept from one call to the next. */
class OneShotTest {

  private static final StreamFormat MONO = new StreamFormat(48_000, 1, SampleType.FLOAT64);
  private static final PlanOptions OPTIONS = PlanOptions.DEFAULTS.withLength(Length.once(1024));

  private static Pipeline gain(double factor) {
    return Pipeline.of(new Gain(factor), Iir.butterworth(2, Band.low(9_000)));
  }

  @Test
  void anEqualCallGetsThePlanOfTheOneBefore() {
    SparePlans spares = new SparePlans();
    OneShot first = spares.take(gain(2), MONO, OPTIONS);
    OneShot second = spares.take(gain(2), MONO, OPTIONS);
    assertNotSame(first, second, "the first is in use");
    spares.give(first);
    spares.give(second);
    assertSame(second, spares.take(gain(2), MONO, OPTIONS));
    assertNotSame(first, spares.take(gain(3), MONO, OPTIONS));
    assertNotSame(first, spares.take(gain(2), MONO.withChannels(2), OPTIONS));
    assertNotSame(first, spares.take(gain(2), MONO, OPTIONS.withThreads(1)));
    assertNotSame(first, spares.take(gain(2), MONO, OPTIONS.withLength(Length.once(2048))));
    assertSame(first, spares.take(gain(2), MONO, OPTIONS));
    first.close();
    second.close();
  }

  @Test
  void noMoreThanEightAreKept() {
    SparePlans spares = new SparePlans();
    List<OneShot> shots = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      shots.add(spares.take(gain(i), MONO, OPTIONS));
    }
    shots.forEach(spares::give);
    assertEquals(8, spares.size());
    assertSame(shots.get(19), spares.take(gain(19), MONO, OPTIONS));
    assertNotSame(shots.get(11), spares.take(gain(11), MONO, OPTIONS));
    shots.forEach(OneShot::close);
  }

  /** A user's own stage is closed when the call is over, as if there were no keeping. */
  @Test
  void plansWithStagesOfTheUsersAreNotKept() {
    AtomicInteger closed = new AtomicInteger();
    SparePlans spares = new SparePlans();
    Pipeline pipeline = Pipeline.of(new Closing(closed));
    spares.give(spares.take(pipeline, MONO, OPTIONS));
    assertEquals(0, spares.size());
    assertEquals(1, closed.get());
  }

  @Test
  void everyCallStartsInSilence() {
    Pipeline pipeline = gain(1);
    double[] x = noise(5_000, 1);
    double[] first = pipeline.filter(x, 48_000);
    pipeline.filter(noise(5_000, 2), 48_000);
    assertArrayEquals(first, pipeline.filter(x, 48_000));
  }

  @Test
  void aCallThatFailedSpoilsNoOther() {
    Pipeline pipeline = gain(1);
    double[] x = noise(100, 1);
    double[] expected = pipeline.filter(x, 48_000);
    assertThrows(NullPointerException.class, () -> pipeline.filter((double[]) null, 48_000));
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> pipeline.filter(new double[][] {x, new double[99]}, 48_000));
    assertEquals("channel 1 has 99 frames, channel 0 has 100", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> pipeline.filter(new double[0][], 48_000));
    assertArrayEquals(expected, pipeline.filter(x, 48_000));
  }

  /** Longer than a piece, in channels that differ; FIR and delays have a rest to flush. */
  @Test
  void channelsInPiecesEqualOneAfterTheOther() {
    for (Pipeline pipeline :
        List.of(
            gain(1),
            Pipeline.of(Fir.of(noise(60, 3)).withTail()),
            Pipeline.of(Delay.ofFrames(70_000)),
            Pipeline.of(Delay.ofFrames(-11)))) {
      double[][] x = {noise(300_011, 4), noise(300_011, 5), noise(300_011, 6)};
      double[][] y = pipeline.filter(x, 48_000);
      float[][] narrow = pipeline.filter(new float[][] {narrow(x[0]), narrow(x[1])}, 48_000);
      for (int c = 0; c < 3; c++) {
        assertArrayEquals(pipeline.filter(x[c], 48_000), y[c], 1e-12);
      }
      for (int c = 0; c < 2; c++) {
        assertArrayEquals(pipeline.filter(narrow(x[c]), 48_000), narrow[c], 1e-5f);
      }
    }
  }

  @Test
  void channelsThatAreMixedAreFewer() {
    double[][] x = {noise(200_000, 7), noise(200_000, 8)};
    double[][] y = Pipeline.of(Mix.mono()).filter(x, 48_000);
    assertEquals(1, y.length);
    double[] half = new double[200_000];
    Arrays.setAll(half, i -> (x[0][i] + x[1][i]) / 2);
    assertArrayEquals(half, y[0], 1e-15);
  }

  @Test
  void threadsMayFilterAtOnce() throws Exception {
    Pipeline pipeline = gain(1);
    double[] x = noise(20_000, 9);
    double[] expected = pipeline.filter(x, 48_000);
    Callable<Boolean> call =
        () -> {
          for (int i = 0; i < 50; i++) {
            assertArrayEquals(expected, pipeline.filter(x, 48_000), 1e-15);
          }
          return true;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> each : threads.invokeAll(List.of(call, call, call, call))) {
        assertTrue(each.get());
      }
    }
  }

  private static double[] noise(int frames, long seed) {
    return new SplittableRandom(seed).doubles(frames, -1, 1).toArray();
  }

  private static float[] narrow(double[] x) {
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) x[i];
    }
    return y;
  }

  /** A copy that counts how often it is closed. */
  private record Closing(AtomicInteger closed) implements CustomStage {
    @Override
    public StreamFormat output(StreamFormat in) {
      return in;
    }

    @Override
    public String describe() {
      return "copy";
    }

    @Override
    public CustomKernel kernel(StreamFormat in) {
      return new CustomKernel() {
        @Override
        public int process(double[][] from, double[][] to, int frames) {
          System.arraycopy(from[0], 0, to[0], 0, frames);
          return frames;
        }

        @Override
        public void reset() {}

        @Override
        public void close() {
          closed.incrementAndGet();
        }
      };
    }
  }
}
