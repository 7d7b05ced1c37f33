package io.github.millrace.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.millrace.io.SignalFileException;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Samples that are not finite, across blocks, channels and types. */
final class FiniteSourceTest {

  private static final int FRAMES = 10_000;
  private static final float NAN = Float.NaN;
  private static final float INFINITE = Float.POSITIVE_INFINITY;
  private static final double[][] CLEAN = clean();
  private static final double[][] BROKEN = broken();

  private static double[][] clean() {
    double[][] signal = new double[2][FRAMES];
    for (int i = 0; i < FRAMES; i++) {
      signal[0][i] = (i % 7 - 3) * 0.25;
      signal[1][i] = 1 + i % 5;
    }
    return signal;
  }

  /** Faults at both ends, around the edge of the inner chunks, and in runs. */
  private static double[][] broken() {
    double[][] signal = {CLEAN[0].clone(), CLEAN[1].clone()};
    signal[1][0] = NAN;
    signal[1][1] = -INFINITE;
    signal[0][4_095] = NAN;
    signal[0][4_096] = INFINITE;
    signal[0][FRAMES - 1] = NAN;
    return signal;
  }

  private static double[] expected(NonFinite choice, int channel) {
    double[] values = BROKEN[channel].clone();
    double last = 0;
    for (int i = 0; i < FRAMES; i++) {
      boolean finite = Double.isFinite(values[i]);
      last = finite ? values[i] : last;
      values[i] =
          finite || choice == NonFinite.KEEP ? values[i] : choice == NonFinite.ZERO ? 0 : last;
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(names = "FAIL", mode = EnumSource.Mode.EXCLUDE)
  void replacesAndCounts(NonFinite choice) throws IOException {
    for (SampleType type : SampleType.values()) {
      for (int block : new int[] {1, 4_096, 4_097, FRAMES}) {
        try (SignalBuffer got = SignalBuffer.allocate(type, 2, FRAMES);
            FiniteSource source = new FiniteSource("a", new MemorySource(BROKEN, true), choice)) {
          for (int at = 0; at < FRAMES; at += block) {
            source.read(got, at, Math.min(block, FRAMES - at));
          }
          assertArrayEquals(expected(choice, 0), got.toDoubles(0));
          assertArrayEquals(expected(choice, 1), got.toDoubles(1));
          assertEquals(5, source.count());
          assertEquals(0, source.firstFrame());
          assertEquals(1, source.firstChannel());
        }
      }
    }
  }

  @Test
  void finiteSignalsPassUntouched() throws IOException {
    try (SignalBuffer got = SignalBuffer.allocate(SampleType.FLOAT64, 2, FRAMES);
        FiniteSource source =
            new FiniteSource("a", new MemorySource(CLEAN, true), NonFinite.FAIL)) {
      assertEquals(FRAMES, source.read(got, 0, FRAMES));
      assertEquals(0, source.count());
      assertEquals(-1, source.firstFrame());
      assertArrayEquals(CLEAN[1], got.toDoubles(1));
    }
  }

  @Test
  void theFirstInTimeIsNamed() throws IOException {
    double[][] late = {CLEAN[0].clone(), CLEAN[1].clone()};
    late[0][7_000] = NAN;
    late[1][6_999] = -INFINITE;
    try (SignalBuffer got = SignalBuffer.allocate(SampleType.FLOAT32, 2, 5_000);
        FiniteSource source =
            new FiniteSource("a.wav", new MemorySource(late, true), NonFinite.FAIL)) {
      assertEquals(5_000, source.read(got, 0, 5_000));
      String message =
          assertThrows(SignalFileException.class, () -> source.read(got, 0, 5_000)).getMessage();
      assertEquals(
          "a.wav: the sample at frame 6999 of channel 1 (counted from 0) is -Infinity, expected"
              + " finite samples",
          message);
    }
  }

  @Test
  void whatIsAroundTheReadFramesStays() throws IOException {
    try (SignalBuffer got = SignalBuffer.allocate(SampleType.FLOAT32, 2, 20);
        FiniteSource source =
            new FiniteSource("a", new MemorySource(BROKEN, true), NonFinite.HOLD)) {
      for (int c = 0; c < 2; c++) {
        for (int i = 0; i < 20; i++) {
          got.set(c, i, NAN);
        }
      }
      source.read(got, 5, 10);
      double[] outside = new double[5];
      Arrays.fill(outside, NAN);
      assertArrayEquals(outside, Arrays.copyOf(got.toDoubles(1), 5));
      assertArrayEquals(outside, Arrays.copyOfRange(got.toDoubles(1), 15, 20));
      assertEquals(2, source.count());
    }
  }
}
