package io.github.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.Band;
import io.github.millrace.design.Complex;
import io.github.millrace.design.FirGolden;
import io.github.millrace.design.Response;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.Stage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineTest {

  @Test
  void filtersArraysFromStartToEnd() {
    Pipeline pipeline = Pipeline.of(new Gain(2), Delay.ofFrames(2));
    assertArrayEquals(new double[] {0, 0, 2, 4, 6}, pipeline.filter(new double[] {1, 2, 3}, 100));
    assertArrayEquals(new float[] {0, 0, 2, 4, 6}, pipeline.filter(new float[] {1, 2, 3}, 100));
    assertArrayEquals(new double[] {0, 0}, pipeline.filter(new double[0], 100));
  }

  @Test
  void filtersChannels() {
    float[][] mono = Pipeline.of(Mix.mono()).filter(new float[][] {{1, 2}, {3, 6}}, 100);
    assertEquals(1, mono.length);
    assertArrayEquals(new float[] {2, 4}, mono[0]);
  }

  @Test
  void latencyAndLengthsOfADelay() {
    StreamFormat format = new StreamFormat(1000, 1, SampleType.FLOAT64);
    try (Plan plan = Pipeline.of(Delay.ofSeconds(0.25), new Gain(2)).prepare(format)) {
      assertEquals(250, plan.flushFrames());
      assertEquals(10, plan.maxOutputFrames(10));
      assertEquals(0, plan.latencyFrames());
    }
  }

  @Test
  void aLongChainRunsInSubBlocksOfMoreThanOneTurn() {
    double[] x = new double[1_000_003];
    Arrays.setAll(x, i -> Math.sin(0.001 * i));
    Pipeline two = Pipeline.of(Delay.ofFrames(70_000), Delay.ofFrames(50_001));
    double[] y = two.filter(x, 48_000);
    assertEquals(x.length + 120_001, y.length);
    assertArrayEquals(x, Arrays.copyOfRange(y, 120_001, y.length));
    assertArrayEquals(new double[120_001], Arrays.copyOf(y, 120_001));
  }

  @Test
  void framesOutAreThoseThatAreWritten() {
    for (Pipeline pipeline :
        List.of(
            Pipeline.of(Iir.butterworth(2, Band.low(10)), Delay.ofSeconds(0.05)),
            Pipeline.of(new Resample(147), Delay.ofFrames(2)),
            Pipeline.of(new Fft(16), new InverseFft()),
            Pipeline.of(Fir.of(1, 2, 3, 4, 5).advanced(2), Delay.ofFrames(-16)),
            Pipeline.of(Fir.of(1, 2, 3).withTail()),
            Pipeline.of())) {
      for (int frames : new int[] {0, 1, 15, 16, 17, 1_000}) {
        StreamFormat format = new StreamFormat(160, 1, SampleType.FLOAT64);
        assertEquals(
            pipeline.filter(new double[frames], 160).length,
            pipeline.framesOut(frames, format),
            pipeline + " of " + frames);
        assertEquals(-1, pipeline.framesOut(-1, format));
      }
    }
  }

  @Test
  void responseIsThatOfTheFilteredImpulse() {
    Pipeline pipeline =
        Pipeline.of(
            Iir.butterworth(4, Band.low(2_000)),
            Gain.db(-3),
            Delay.ofSeconds(7e-3),
            Fir.of(0.5, 0.25, -0.125));
    double[] impulse = new double[2_000];
    impulse[0] = 1;
    double[] h = pipeline.filter(impulse, 8_000);
    double[] frequencies = {0, 1, 100, 1_999, 2_000, 3_999, 4_000};
    StreamFormat stereo = new StreamFormat(8_000, 2, SampleType.FLOAT32);
    Complex[] expected = Response.of(h, frequencies, 8_000).values();
    Complex[] actual = pipeline.response(frequencies, stereo).values();
    for (int i = 0; i < frequencies.length; i++) {
      assertEquals(0, actual[i].minus(expected[i]).abs(), 1e-12, "at " + frequencies[i] + " Hz");
    }
    double[] middle = {0, 1_000};
    Response zeroPhase = Pipeline.of(Fir.of(0.25, 0.5, 0.25).advanced(1)).response(middle, stereo);
    assertEquals(0, zeroPhase.values()[1].im(), 1e-15);
    assertEquals(0, zeroPhase.groupDelay()[1], 1e-12);
    Response none = Pipeline.of().response(new double[] {50}, stereo);
    assertEquals(Complex.ONE, none.values()[0]);
  }

  @Test
  void stagesWithoutASingleResponseAreRefusedByName() {
    StreamFormat stereo = new StreamFormat(48_000, 2, SampleType.FLOAT32);
    requireRefusal("stage 2, mix to mono, mixes channels", Mix.mono(), stereo);
    requireRefusal("stage 2, resample to 8000 Hz", new Resample(8_000), stereo);
    requireRefusal("stage 2, FFT", new Fft(64), stereo);
    requireRefusal("sample rate, which is unknown", new Gain(1), stereo.withSampleRate(0));
  }

  private static void requireRefusal(String message, Stage second, StreamFormat in) {
    Pipeline pipeline = Pipeline.of(new Gain(1), second);
    var e =
        assertThrows(IllegalArgumentException.class, () -> pipeline.response(new double[] {1}, in));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void equalByValue() {
    assertEquals(
        Pipeline.of(Iir.butterworth(4, Band.low(100)), Gain.db(-3)),
        Pipeline.of(Iir.butterworth(4, Band.low(100))).then(Gain.db(-3)));
  }

  /** A recipe in Hz becomes other coefficients at another rate (tools/golden/recipe_rates.py). */
  @Test
  void oneRecipeFitsEveryRate() {
    Pipeline recipe = Pipeline.of(Iir.butterworth(6, Band.low(4_000)), Iir.notch(50, 30));
    double[] impulse = new double[400];
    impulse[0] = 1;
    for (FirGolden.Case golden : FirGolden.read("recipe_rates")) {
      double[] y = recipe.filter(impulse, golden.integer(0));
      assertArrayEquals(golden.numbers(), y, 1e-12, golden.toString());
    }
  }
}
