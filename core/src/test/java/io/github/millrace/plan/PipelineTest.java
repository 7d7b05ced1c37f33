package io.github.millrace.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.millrace.design.Band;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Mix;
import java.util.Arrays;
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
  void equalByValue() {
    assertEquals(
        Pipeline.of(Iir.butterworth(4, Band.low(100)), Gain.db(-3)),
        Pipeline.of(Iir.butterworth(4, Band.low(100))).then(Gain.db(-3)));
  }
}
