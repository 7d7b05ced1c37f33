package io.github.millrace.run;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Finds the largest magnitude in a stream.
 *
 * <p>Without the sign bit, IEEE 754 numbers compare as integers, with NaN above infinity: an
 * integer maximum vectorises and shows a NaN.
 */
final class PeakMeter {

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private int peak32;
  private long peak64;

  /** Takes the first frames of every plane into account. */
  void add(SignalBuffer buffer, long frames) {
    for (int p = 0; p < buffer.planes(); p++) {
      MemorySegment plane = buffer.plane(p);
      if (buffer.type() == SampleType.FLOAT32) {
        peak32 = Math.max(peak32, largest32(plane, frames));
      } else {
        peak64 = Math.max(peak64, largest64(plane, frames));
      }
    }
  }

  /** The largest magnitude so far, 0 at first; NaN if there was one. */
  double peak() {
    double narrow = Float.intBitsToFloat(peak32);
    double wide = Double.longBitsToDouble(peak64);
    return Math.max(narrow, wide);
  }

  private static int largest32(MemorySegment plane, long frames) {
    int largest = 0;
    for (long i = 0; i < frames; i++) {
      largest = Math.max(largest, plane.getAtIndex(INT, i) & Integer.MAX_VALUE);
    }
    return largest;
  }

  private static long largest64(MemorySegment plane, long frames) {
    long largest = 0;
    for (long i = 0; i < frames; i++) {
      largest = Math.max(largest, plane.getAtIndex(LONG, i) & Long.MAX_VALUE);
    }
    return largest;
  }
}
