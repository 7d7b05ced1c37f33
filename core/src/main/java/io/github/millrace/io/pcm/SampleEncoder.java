package io.github.millrace.io.pcm;

import io.github.millrace.io.Encoding;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Turns doubles into stored samples, block by block, over heap arrays as {@link SampleDecoder}
 * does.
 *
 * <p>Integers are rounded to the nearest, ties to even, and clipped; a NaN becomes 0.
 */
final class SampleEncoder {

  private final Encoding encoding;
  private final IntegerRange range;
  private final ByteOrder order;
  private final ValueLayout.OfShort shorts;
  private final ValueLayout.OfInt ints;
  private final ValueLayout.OfLong longs;
  private final ValueLayout.OfFloat floats;
  private final ValueLayout.OfDouble doubles;
  private final byte[] rawBytes;
  private final short[] rawShorts;
  private final int[] rawInts;
  private final long[] rawLongs;
  private final float[] rawFloats;
  private long clipped;
  private long undefined;

  /** An encoder of blocks of at most {@code block} samples. */
  SampleEncoder(StoredFrames stored, int block) {
    encoding = stored.encoding();
    order = stored.order();
    range = IntegerRange.of(encoding, stored.scale());
    shorts = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
    ints = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
    longs = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
    floats = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order);
    doubles = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order);
    int bytes = encoding.bytes();
    boolean integer = encoding.isInteger();
    rawBytes = new byte[bytes == 1 || bytes == 3 ? block * bytes : 0];
    rawShorts = new short[bytes == 2 ? block : 0];
    rawInts = new int[integer && (bytes == 3 || bytes == 4) ? block : 0];
    rawLongs = new long[integer && bytes == 8 ? block : 0];
    rawFloats = new float[encoding == Encoding.F32 ? block : 0];
  }

  /** The difference of neighbouring integers. */
  double step() {
    return 1 / range.factor();
  }

  /** Samples so far that did not fit their integer. */
  long clipped() {
    return clipped;
  }

  /** Samples so far that were NaN and became 0. */
  long undefined() {
    return undefined;
  }

  /** Encodes {@code count} samples, which it may change, to a byte offset of the segment. */
  void encode(double[] from, int count, MemorySegment to, long offset) {
    if (encoding.isInteger() && !fits(from, count)) {
      clip(from, count);
    }
    double factor = range.factor();
    switch (encoding) {
      case U8, S8 -> {
        integers8(from, rawBytes, count, factor, (int) range.zero());
        MemorySegment.copy(rawBytes, 0, to, ValueLayout.JAVA_BYTE, offset, count);
      }
      case S16, U16 -> {
        integers16(from, rawShorts, count, factor, (int) range.zero());
        MemorySegment.copy(rawShorts, 0, to, shorts, offset, count);
      }
      case S24 -> {
        signed(from, rawInts, count, factor);
        pack24(rawInts, rawBytes, count);
        if (order == ByteOrder.BIG_ENDIAN) {
          SampleDecoder.reverse24(rawBytes, count);
        }
        MemorySegment.copy(rawBytes, 0, to, ValueLayout.JAVA_BYTE, offset, 3 * count);
      }
      case S32 -> {
        signed(from, rawInts, count, factor);
        MemorySegment.copy(rawInts, 0, to, ints, offset, count);
      }
      case U32 -> {
        unsigned32(from, rawInts, count, factor, (long) range.zero());
        MemorySegment.copy(rawInts, 0, to, ints, offset, count);
      }
      case S64, U64 -> {
        integers64(from, count);
        MemorySegment.copy(rawLongs, 0, to, longs, offset, count);
      }
      case F32 -> {
        float32(from, rawFloats, count);
        MemorySegment.copy(rawFloats, 0, to, floats, offset, count);
      }
      case F64 -> MemorySegment.copy(from, 0, to, doubles, offset, count);
    }
  }

  /**
   * Brings what rounds outside the integer's range to its nearest end and NaN to 0, in place, and
   * counts them.
   *
   * <p>A loop of its own, entered only where {@link #fits} is false, leaves the conversions free of
   * branches: 2.2 to 0.8 ns per s16 sample on a Xeon with AVX-512, JDK 25, November 2026.
   */
  private void clip(double[] samples, int count) {
    for (int i = 0; i < count; i++) {
      double rounded = Math.rint(samples[i] * range.factor());
      if (Double.isNaN(rounded)) {
        undefined++;
        samples[i] = 0;
      } else if (rounded < range.low() || rounded > range.high()) {
        clipped++;
        samples[i] = (rounded < range.low() ? range.low() : range.high()) / range.factor();
      }
    }
  }

  /** Whether all surely fit: by their distance from the middle, one comparison a sample. */
  private boolean fits(double[] samples, int count) {
    double middle = range.middle();
    double limit = range.limit();
    for (int i = 0; i < count; i++) {
      if (!(Math.abs(samples[i] - middle) <= limit)) {
        return false;
      }
    }
    return true;
  }

  private static void integers8(double[] from, byte[] to, int count, double factor, int zero) {
    for (int i = 0; i < count; i++) {
      to[i] = (byte) ((int) Math.rint(from[i] * factor) + zero);
    }
  }

  private static void integers16(double[] from, short[] to, int count, double factor, int zero) {
    for (int i = 0; i < count; i++) {
      to[i] = (short) ((int) Math.rint(from[i] * factor) + zero);
    }
  }

  private static void signed(double[] from, int[] to, int count, double factor) {
    for (int i = 0; i < count; i++) {
      to[i] = (int) Math.rint(from[i] * factor);
    }
  }

  private static void unsigned32(double[] from, int[] to, int count, double factor, long zero) {
    for (int i = 0; i < count; i++) {
      to[i] = (int) ((long) Math.rint(from[i] * factor) + zero);
    }
  }

  private void integers64(double[] from, int count) {
    double factor = range.factor();
    if (range.high() > Long.MAX_VALUE) {
      unsigned64(from, rawLongs, count);
      return;
    }
    long flip = range.zero() == 0 ? 0 : Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      rawLongs[i] = (long) Math.rint(from[i] * factor) ^ flip;
    }
  }

  private static void unsigned64(double[] from, long[] to, int count) {
    for (int i = 0; i < count; i++) {
      double value = Math.rint(from[i]);
      to[i] = value < 0x1p63 ? (long) value : (long) (value - 0x1p63) ^ Long.MIN_VALUE;
    }
  }

  private static void pack24(int[] from, byte[] to, int count) {
    for (int i = 0, b = 0; i < count; i++, b += 3) {
      int value = from[i];
      to[b] = (byte) value;
      to[b + 1] = (byte) (value >> 8);
      to[b + 2] = (byte) (value >> 16);
    }
  }

  private static void float32(double[] from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (float) from[i];
    }
  }
}
