package io.github.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.Band;
import io.github.millrace.design.fir.Window;
import io.github.millrace.design.fir.WindowedFir;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.FirDesign;
import io.github.millrace.stage.Gain;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Filters without their own delay, tails of convolutions, and delays below 0. */
class AlignmentTest {

  private static final FirDesign LOW =
      new FirDesign(new WindowedFir(Band.low(40), 255, Window.HAMMING));

  /** As issue trackers have it: a click at 100 of 1,000 came out at 227, 127 frames were lost. */
  @Test
  void aClickStaysWhereItIs() {
    double[] x = new double[1000];
    x[100] = 1;
    double[] y = Pipeline.of(LOW.withDelay(0)).filter(x, 1000);
    double[] taps = LOW.lower(new StreamFormat(1000, 1, SampleType.FLOAT64)).taps();
    double[] expected = new double[1000];
    System.arraycopy(taps, 27, expected, 0, 228);
    assertArrayEquals(expected, y, 1e-15);
    assertEquals(taps[127], Arrays.stream(y).max().orElseThrow(), 1e-15);
    x = new double[1000];
    x[990] = 1;
    y = Pipeline.of(LOW.withDelay(0)).filter(x, 1000);
    assertEquals(taps[127 + 9], y[999], 1e-15, "the end is not lost");
  }

  @Test
  void theTailIsTheWholeConvolution() {
    Fir fir = Fir.of(1, 2, 3).withTail();
    assertArrayEquals(
        new double[] {1, 2, 4, 2, 3}, Pipeline.of(fir).filter(new double[] {1, 0, 1}, 0));
    assertArrayEquals(new double[] {5, 10, 15}, Pipeline.of(fir).filter(new double[] {5}, 0));
  }

  @Test
  void delaysBelowZeroCutTheStart() {
    double[] x = {1, 2, 3, 4};
    assertArrayEquals(
        new double[] {-6, -8}, Pipeline.of(new Gain(-2), Delay.ofFrames(-2)).filter(x, 0));
    assertEquals(0, Pipeline.of(Delay.ofFrames(-4)).filter(x, 0).length);
    assertEquals(0, Pipeline.of(Delay.ofFrames(-9)).filter(x, 0).length);
    assertArrayEquals(new double[] {3, 4}, Pipeline.of(Delay.ofSeconds(-0.2)).filter(x, 10));
    assertArrayEquals(
        new double[] {0, 2, 3, 4}, Pipeline.of(Delay.ofFrames(-1), Delay.ofFrames(1)).filter(x, 0));
  }

  /** Shorter than what is dropped, or than a piece of it; every part of the whole convolution. */
  @Test
  void shortAndLongAdvancesAreSlicesOfTheConvolution() {
    double[] taps = new double[9001];
    Arrays.setAll(taps, k -> Math.sin(k + 1) / (k + 1));
    for (int frames : new int[] {1, 5, 4096, 10_000}) {
      double[] x = new double[frames];
      Arrays.setAll(x, i -> Math.cos(3 * i));
      double[] whole = Pipeline.of(Fir.of(taps).withTail()).filter(x, 0);
      assertEquals(frames + 9000, whole.length);
      for (int advance : new int[] {1, 4096, 5000, 9000}) {
        double[] y = Pipeline.of(Fir.of(taps).advanced(advance)).filter(x, 0);
        assertArrayEquals(
            Arrays.copyOfRange(whole, advance, advance + frames), y, 1e-12, frames + " " + advance);
      }
    }
  }

  @Test
  void planSaysHowMuchItHoldsBack() {
    StreamFormat format = new StreamFormat(1000, 1, SampleType.FLOAT64);
    try (Plan plan = Pipeline.of(LOW.withDelay(0)).prepare(format);
        Plan tail = Pipeline.of(Fir.of(1, 2, 3).withTail()).prepare(format);
        SignalBuffer block = SignalBuffer.allocate(format, 100);
        SignalBuffer out = SignalBuffer.allocate(format, 200)) {
      assertEquals(127, plan.latencyFrames());
      assertEquals(127, plan.flushFrames());
      assertFalse(plan.keepsLength());
      assertTrue(tail.keepsLength());
      assertEquals(0, tail.latencyFrames());
      assertEquals(2, tail.flushFrames());
      assertEquals(0, plan.forward(block, out));
      List<StageState> state = plan.state();
      assertEquals(100, state.getFirst().position());
      assertEquals(73, plan.forward(block, out));
      assertEquals(127, plan.flush(out));
      plan.restore(state);
      assertEquals(73, plan.forward(block, out), "drops 27 more");
      StageState first = state.getFirst();
      List<StageState> wrong = List.of(StageState.of(first.shape(), first.values(), -1));
      requireRefusal("has dropped -1 frames, expected at least 0", () -> plan.restore(wrong));
    }
  }

  @Test
  void delaysThatTheTapsCannotHaveAreRefused() {
    requireRefusal("neither symmetric nor antisymmetric", () -> Fir.of(1, 2, 3).withDelay(0));
    requireRefusal("that of 4 taps is 1.5", () -> Fir.of(1, 2, 2, 1).withDelay(0));
    requireRefusal("that of 255 taps is 127.0", () -> LOW.withDelay(128));
    requireRefusal("expected at most 2", () -> Fir.of(1, 2, 3).advanced(3));
    assertEquals(Fir.of(1, 2, 2, 1).advanced(1), Fir.of(1, 2, 2, 1).withDelay(0.5));
    assertEquals(Fir.of(1, 0, -1).advanced(1), Fir.of(1, 0, -1).withDelay(0));
    assertEquals("FIR of 3 taps, 1 frames earlier", Fir.of(1, 0, -1).withDelay(0).describe());
  }

  private static void requireRefusal(String message, Executable call) {
    var e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
