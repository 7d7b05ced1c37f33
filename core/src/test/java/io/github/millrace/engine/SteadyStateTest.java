package io.github.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.Band;
import io.github.millrace.design.ClassicFilter;
import io.github.millrace.design.FirGolden;
import io.github.millrace.design.Prototype;
import io.github.millrace.design.Sos;
import io.github.millrace.design.fir.Window;
import io.github.millrace.design.fir.WindowedFir;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.StageState;
import io.github.millrace.plan.Start;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.FirDesign;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.SosCascade;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stream that starts in the steady state, held against SciPy (tools/golden/steady_start.py). */
class SteadyStateTest {

  private static final int FRAMES = 3000;
  private static final PlanOptions STEADY =
      PlanOptions.DEFAULTS.withBackend("java").withStart(Start.STEADY);
  private static final StreamFormat FORMAT = new StreamFormat(250, 2, SampleType.FLOAT64);
  private static final Pipeline BANDPASS = Pipeline.of(Iir.butterworth(4, Band.bandpass(0.5, 40)));

  @Test
  void startsAsSciPyDoes() {
    Pipeline chain =
        Pipeline.of(
            Iir.butterworth(2, Band.low(5)),
            new Gain(-0.5),
            new FirDesign(new WindowedFir(Band.low(20), 31, Window.HAMMING)),
            new Iir(new ClassicFilter(new Prototype.Chebyshev1(1), 3, Band.high(1))));
    for (FirGolden.Case golden : FirGolden.read("steady_start")) {
      Pipeline pipeline = golden.key(0).equals("chain") ? chain : BANDPASS;
      double[] y = run(pipeline, 700)[golden.integer(1)];
      double[] every7th = new double[golden.numbers().length];
      Arrays.setAll(every7th, i -> y[7 * i]);
      assertArrayEquals(golden.numbers(), every7th, 1e-8, golden.toString());
    }
  }

  @Test
  void anOffsetMakesNoTransient() {
    double[] x = new double[2500];
    Arrays.setAll(x, i -> 4000 + 20 * Math.sin(2 * Math.PI * 10 * i / 250.0));
    double zero = peak(filter(BANDPASS, PlanOptions.DEFAULTS.withBackend("java"), x));
    double steady = peak(filter(BANDPASS, STEADY, x));
    assertTrue(zero > 4000, "from zero: " + zero);
    assertTrue(steady > 19 && steady < 22, "in the steady state: " + steady);
  }

  private static double peak(double[] y) {
    return Arrays.stream(y).limit(500).map(Math::abs).max().orElseThrow();
  }

  @Test
  void theStateIsSetOnceAndYieldsToRestore() {
    try (Plan plan = BANDPASS.prepare(FORMAT, STEADY);
        SignalBuffer ones = SignalBuffer.ofPlanar(new double[][] {{1, 1}, {1, 1}});
        SignalBuffer out = SignalBuffer.allocate(FORMAT, 2)) {
      double[][] unit = ((Iir) BANDPASS.stages().getFirst()).lower(FORMAT).sos().steadyState();
      assertThrows(IllegalStateException.class, plan::state);
      plan.forward(ones.slice(0, 0), out);
      assertThrows(IllegalStateException.class, plan::state, "no frame, no state");
      List<StageState> fresh = zeros();
      plan.forward(ones, out);
      double[][][] settled = plan.state().getFirst().toCascade();
      for (int section = 0; section < unit.length; section++) {
        assertArrayEquals(unit[section], settled[section][1], 1e-12);
      }
      plan.restore(fresh);
      plan.forward(ones, out);
      assertTrue(Math.abs(out.get(0, 0)) > 0.01, "restored: starts where it was told");
      plan.reset();
      plan.forward(ones, out);
      assertEquals(0, out.get(0, 0), 1e-12, "reset: starts in the steady state again");
    }
  }

  private static List<StageState> zeros() {
    try (Plan plan = BANDPASS.prepare(FORMAT)) {
      return plan.state();
    }
  }

  @Test
  void delaysAndMixesSettleToo() {
    Pipeline pipeline =
        Pipeline.of(
            Delay.ofFrames(3),
            Mix.matrix(new double[][] {{1, 1}, {2, 0}, {0, -1}}),
            Iir.butterworth(2, Band.low(5)));
    double[][] y = run(pipeline, FRAMES);
    double[][] x = signal();
    double[] expected = {x[0][0] + x[1][0], 2 * x[0][0], -x[1][0]};
    for (int channel = 0; channel < 3; channel++) {
      for (int i = 0; i < 4; i++) {
        assertEquals(expected[channel], y[channel][i], 1e-8, channel + " " + i);
      }
    }
  }

  @Test
  void whatNeverSettlesIsRefused() {
    Sos integrator = Sos.of(new double[][] {{1e-3, 0, 0, 1, -1, 0}});
    Pipeline pipeline = Pipeline.of(new SosCascade(integrator));
    var e = assertThrows(IllegalArgumentException.class, () -> pipeline.prepare(FORMAT, STEADY));
    assertTrue(e.getMessage().contains("pole at z = 1"), e.getMessage());
    assertTrue(e.getMessage().contains("start from zero"), e.getMessage());
  }

  /** Both channels of the golden input, filtered in blocks of so many frames. */
  private static double[][] run(Pipeline pipeline, int block) {
    double[][] x = signal();
    try (Plan plan = pipeline.prepare(FORMAT, STEADY);
        SignalBuffer in = SignalBuffer.ofPlanar(x);
        SignalBuffer out = SignalBuffer.allocate(plan.outputFormat(), FRAMES)) {
      for (int at = 0; at < FRAMES; at += block) {
        int count = Math.min(block, FRAMES - at);
        plan.forward(in.slice(at, count), out.slice(at, count));
      }
      double[][] y = new double[out.planes()][];
      Arrays.setAll(y, out::toDoubles);
      return y;
    }
  }

  private static double[][] signal() {
    double[][] x = new double[2][FRAMES];
    long state = 1;
    for (int i = 0; i < 2 * FRAMES; i++) {
      state = (1103515245 * state + 12345) % (1L << 31);
      x[i / FRAMES][i % FRAMES] = 20 * ((state >> 7) / 0x1p23 - 1) + (i < FRAMES ? 4000 : -100);
    }
    return x;
  }

  private static double[] filter(Pipeline pipeline, PlanOptions options, double[] x) {
    StreamFormat mono = FORMAT.withChannels(1);
    try (Plan plan = pipeline.prepare(mono, options);
        SignalBuffer in = SignalBuffer.ofPlanar(x);
        SignalBuffer out = SignalBuffer.allocate(mono, x.length)) {
      plan.forward(in, out);
      return out.toDoubles(0);
    }
  }
}
