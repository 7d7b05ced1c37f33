package io.github.millrace.io.pcm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeakMeterTest {

  private static final int FRAMES = 10_000;

  @ParameterizedTest
  @EnumSource(SampleType.class)
  void findsTheLargestMagnitudeAnywhere(SampleType type) {
    try (SignalBuffer buffer = SignalBuffer.allocate(type, 2, FRAMES)) {
      for (int frame : new int[] {0, 4_095, 4_096, FRAMES - 1}) {
        buffer.set(1, frame, -0.5);
        PeakMeter meter = new PeakMeter();
        meter.add(buffer, 0, frame);
        meter.add(buffer, frame + 1, FRAMES - frame - 1);
        assertEquals(0, meter.peak());
        meter.add(buffer, frame, 1);
        assertEquals(0.5, meter.peak());
        meter.clear();
        assertEquals(0, meter.peak());
        buffer.set(1, frame, 0);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SampleType.class)
  void infinityAndNanShow(SampleType type) {
    try (SignalBuffer buffer = SignalBuffer.allocate(type, 1, 3)) {
      PeakMeter meter = new PeakMeter();
      buffer.set(0, 0, Double.NEGATIVE_INFINITY);
      meter.add(buffer, 0, 3);
      assertEquals(Double.POSITIVE_INFINITY, meter.peak());
      buffer.set(0, 1, -Double.NaN);
      meter.add(buffer, 0, 3);
      assertEquals(Double.NaN, meter.peak());
    }
  }
}
