package io.github.millrace.io.pcm;

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

  /** Samples at a time, copied to the heap: before compilation, an array is far quicker to read. */
  private static final int CHUNK = 4_096;

  private final int[] chunk32 = new int[CHUNK];
  private final long[] chunk64 = new long[CHUNK];
  private int peak32;
  private long peak64;

  /** Takes frames of every plane into account. */
  void add(SignalBuffer buffer, long at, long frames) {
    for (int p = 0; p < buffer.planes(); p++) {
      MemorySegment plane = buffer.plane(p);
      if (buffer.type() == SampleType.FLOAT32) {
        peak32 = Math.max(peak32, largest32(plane, at, frames));
      } else {
        peak64 = Math.max(peak64, largest64(plane, at, frames));
      }
    }
  }

  /** The largest magnitude so far, 0 at first; NaN if there was one. */
  double peak() {
    return peak(peak32, peak64);
  }

  /** The larger of two magnitudes, given as bits of a float and of a double. */
  static double peak(int narrow, long wide) {
    return Math.max(Float.intBitsToFloat(narrow), Double.longBitsToDouble(wide));
  }

  /** Starts anew. */
  void clear() {
    peak32 = 0;
    peak64 = 0;
  }

  private int largest32(MemorySegment plane, long at, long frames) {
    int largest = 0;
    for (long from = 0; from < frames; from += CHUNK) {
      int count = (int) Math.min(CHUNK, frames - from);
      MemorySegment.copy(plane, INT, (at + from) * Integer.BYTES, chunk32, 0, count);
      for (int i = 0; i < count; i++) {
        largest = Math.max(largest, chunk32[i] & Integer.MAX_VALUE);
      }
    }
    return largest;
  }

  private long largest64(MemorySegment plane, long at, long frames) {
    long largest = 0;
    for (long from = 0; from < frames; from += CHUNK) {
      int count = (int) Math.min(CHUNK, frames - from);
      MemorySegment.copy(plane, LONG, (at + from) * Long.BYTES, chunk64, 0, count);
      for (int i = 0; i < count; i++) {
        largest = Math.max(largest, chunk64[i] & Long.MAX_VALUE);
      }
    }
    return largest;
  }
}
