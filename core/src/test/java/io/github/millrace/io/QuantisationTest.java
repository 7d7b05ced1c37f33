package io.github.millrace.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rounding, clipping and dither of integer encodings. */
final class QuantisationTest {

  private static final int MANY = 200_000;

  private long clipped;
  private long undefined;

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "[US](8|16|24|32)")
  void roundsToNearestAndClips(Encoding encoding) throws IOException {
    double top = Math.scalb(1.0, 8 * encoding.bytes() - 1) - 1;
    double low = -top - 1;
    double[] steps = {
      0,
      0.4,
      0.5,
      0.6,
      1.5,
      -0.5,
      -0.6,
      -1.5,
      top,
      top + 0.4,
      low,
      low - 0.4,
      top + 0.5,
      top + 1,
      low - 0.6,
      low * 9,
      Double.NaN,
      1 / 0.0,
      -1 / 0.0
    };
    double[] expected = {
      0, 0, 0, 1, 2, 0, -1, -2, top, top, low, low, top, top, low, low, 0, top, low
    };
    assertArrayEquals(expected, quantised(encoding, steps, false));
    assertEquals(6, clipped);
    assertEquals(1, undefined);
    assertArrayEquals(new double[] {1, -1}, quantised(encoding, new double[] {1, -1}, false));
    assertEquals(0, clipped);
  }

  @Test
  void floatsKeepNanAndAreNeverClipped() throws IOException {
    double[] samples = {Double.NaN, 1 / 0.0, 5, -7.5};
    byte[] bytes = write(Encoding.F32, samples, true);
    assertArrayEquals(samples, read(Encoding.F32, bytes, samples.length));
    assertEquals(0, clipped);
    assertEquals(0, undefined);
  }

  @Test
  void stereoClippingCountsSamples() throws IOException {
    try (SignalBuffer buffer =
            SignalBuffer.ofPlanar(new float[] {2, 0, -2}, new float[] {0, 0, 1.5f});
        SignalWriter writer =
            SignalFiles.create(
                "-",
                WriteOptions.of(Encoding.S16, 8000, 2).withStdout(new ByteArrayOutputStream()))) {
      writer.write(buffer, 0, 3);
      writer.write(buffer, 2, 1);
      assertEquals(5, writer.clipped());
    }
  }

  /** Lipshitz et al. 1992: mean error 0 and variance 3/12 of a squared step, whatever the input. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 0.5, 0.8})
  void ditherHasItsMoments(double level) throws IOException {
    double[] input = new double[MANY];
    Arrays.fill(input, level);
    double[] output = quantised(Encoding.S16, input, true);
    double mean = 0;
    double square = 0;
    for (double value : output) {
      double error = value - level;
      assertTrue(Math.abs(error) <= 1.5, () -> "error of " + error + " steps");
      mean += error / MANY;
      square += error * error / MANY;
    }
    // Five standard deviations of each estimate.
    assertEquals(0, mean, 5 * 0.5 / Math.sqrt(MANY));
    assertEquals(0.25, square, 5 * 0.25 / Math.sqrt(MANY));
  }

  @Test
  void ditherIsWhiteAndRepeatable() throws IOException {
    double[] silence = new double[MANY];
    double[] output = quantised(Encoding.S24, silence, true);
    for (int lag : new int[] {1, 2, 3, 2048}) {
      double product = 0;
      for (int i = lag; i < MANY; i++) {
        product += output[i] * output[i - lag] / MANY;
      }
      assertEquals(0, product, 5 * 0.25 / Math.sqrt(MANY), "lag " + lag);
    }
    assertArrayEquals(output, quantised(Encoding.S24, silence, true));
    assertFalse(Arrays.equals(output, quantised(Encoding.S24, silence, false)));
  }

  /** Writes samples given in steps of the encoding and reads them back in steps. */
  private double[] quantised(Encoding encoding, double[] steps, boolean dither) throws IOException {
    double step = Math.scalb(1.0, 1 - 8 * encoding.bytes());
    double[] samples = Arrays.stream(steps).map(s -> s * step).toArray();
    double[] read = read(encoding, write(encoding, samples, dither), steps.length);
    // Adding 0 turns -0 into 0.
    return Arrays.stream(read).map(s -> s / step + 0).toArray();
  }

  private byte[] write(Encoding encoding, double[] samples, boolean dither) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    WriteOptions options =
        WriteOptions.of(encoding, 8000, 1)
            .withContainer(Container.RAW)
            .withDither(dither)
            .withStdout(bytes);
    try (SignalBuffer buffer = SignalBuffer.ofPlanar(samples);
        SignalWriter writer = SignalFiles.create("-", options)) {
      writer.write(buffer, 0, samples.length);
      clipped = writer.clipped();
      undefined = writer.undefined();
      writer.commit();
    }
    return bytes.toByteArray();
  }

  private static double[] read(Encoding encoding, byte[] bytes, int frames) throws IOException {
    ReadOptions options =
        ReadOptions.raw(encoding, 8000, 1).withStdin(new ByteArrayInputStream(bytes));
    try (SignalReader reader = SignalFiles.open("-", options);
        SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT64, 1, frames)) {
      assertEquals(frames, reader.read(buffer, 0, frames));
      return buffer.toDoubles(0);
    }
  }
}
