package io.github.millrace.io.pcm;

import io.github.millrace.io.Encoding;
import io.github.millrace.io.Scale;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Turns stored samples into doubles, block by block.
 *
 * <p>The loops run over heap arrays filled by bulk copies: an interpreted loop over arrays is some
 * fifty times faster than one over a memory segment, which is what a short run sees.
 */
final class SampleDecoder {

  private final Encoding encoding;
  private final ByteOrder order;
  private final boolean counts;
  private final double factor;
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

  /** A decoder of blocks of at most {@code block} samples. */
  SampleDecoder(Encoding encoding, Scale scale, ByteOrder order, int block) {
    this.encoding = encoding;
    this.order = order;
    counts = scale == Scale.COUNTS;
    int bytes = encoding.bytes();
    factor = counts ? 1 : Math.scalb(1.0, 1 - 8 * bytes);
    shorts = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
    ints = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
    longs = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
    floats = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order);
    doubles = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order);
    boolean integer = encoding.isInteger();
    rawBytes = new byte[bytes == 1 || bytes == 3 ? block * bytes : 0];
    rawShorts = new short[bytes == 2 ? block : 0];
    rawInts = new int[integer && bytes == 4 ? block : 0];
    rawLongs = new long[integer && bytes == 8 ? block : 0];
    rawFloats = new float[encoding == Encoding.F32 ? block : 0];
  }

  /** Decodes {@code count} samples that start at a byte offset of the segment. */
  void decode(MemorySegment from, long offset, double[] to, int count) {
    switch (encoding) {
      case U8, S8 -> {
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset, rawBytes, 0, count);
        integers8(to, count);
      }
      case S16, U16 -> {
        MemorySegment.copy(from, shorts, offset, rawShorts, 0, count);
        integers16(to, count);
      }
      case S24 -> {
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset, rawBytes, 0, 3 * count);
        if (order == ByteOrder.BIG_ENDIAN) {
          reverse24(rawBytes, count);
        }
        signed24(rawBytes, to, count, factor);
      }
      case S32, U32 -> {
        MemorySegment.copy(from, ints, offset, rawInts, 0, count);
        integers32(to, count);
      }
      case S64, U64 -> {
        MemorySegment.copy(from, longs, offset, rawLongs, 0, count);
        integers64(to, count);
      }
      case F32 -> {
        MemorySegment.copy(from, floats, offset, rawFloats, 0, count);
        float32(rawFloats, to, count);
      }
      case F64 -> MemorySegment.copy(from, doubles, offset, to, 0, count);
    }
  }

  private void integers8(double[] to, int count) {
    if (encoding.isSigned()) {
      signed8(rawBytes, to, count, factor);
    } else {
      unsigned8(rawBytes, to, count, counts ? 0 : 0x80, factor);
    }
  }

  private void integers16(double[] to, int count) {
    if (encoding.isSigned()) {
      signed16(rawShorts, to, count, factor);
    } else {
      unsigned16(rawShorts, to, count, counts ? 0 : 0x8000, factor);
    }
  }

  private void integers32(double[] to, int count) {
    if (encoding.isSigned()) {
      signed32(rawInts, to, count, factor);
    } else {
      unsigned32(rawInts, to, count, counts ? 0 : 0x8000_0000L, factor);
    }
  }

  private void integers64(double[] to, int count) {
    if (encoding.isSigned()) {
      signed64(rawLongs, to, count, factor);
    } else if (counts) {
      unsigned64(rawLongs, to, count);
    } else {
      shifted64(rawLongs, to, count, factor);
    }
  }

  private static void signed8(byte[] from, double[] to, int count, double factor) {
    for (int i = 0; i < count; i++) {
      to[i] = from[i] * factor;
    }
  }

  private static void unsigned8(byte[] from, double[] to, int count, int zero, double factor) {
    for (int i = 0; i < count; i++) {
      to[i] = ((from[i] & 0xFF) - zero) * factor;
    }
  }

  private static void signed16(short[] from, double[] to, int count, double factor) {
    for (int i = 0; i < count; i++) {
      to[i] = from[i] * factor;
    }
  }

  private static void unsigned16(short[] from, double[] to, int count, int zero, double factor) {
    for (int i = 0; i < count; i++) {
      to[i] = ((from[i] & 0xFFFF) - zero) * factor;
    }
  }

  private static void signed24(byte[] from, double[] to, int count, double factor) {
    for (int i = 0, b = 0; i < count; i++, b += 3) {
      int value = (from[b] & 0xFF) | (from[b + 1] & 0xFF) << 8 | from[b + 2] << 16;
      to[i] = value * factor;
    }
  }

  private static void signed32(int[] from, double[] to, int count, double factor) {
    for (int i = 0; i < count; i++) {
      to[i] = from[i] * factor;
    }
  }

  private static void unsigned32(int[] from, double[] to, int count, long zero, double factor) {
    for (int i = 0; i < count; i++) {
      to[i] = ((from[i] & 0xFFFF_FFFFL) - zero) * factor;
    }
  }

  private static void signed64(long[] from, double[] to, int count, double factor) {
    for (int i = 0; i < count; i++) {
      to[i] = from[i] * factor;
    }
  }

  /** Less by 2^63 is the sign bit turned over. */
  private static void shifted64(long[] from, double[] to, int count, double factor) {
    for (int i = 0; i < count; i++) {
      to[i] = (from[i] ^ Long.MIN_VALUE) * factor;
    }
  }

  /** Turns the bytes of each sample round. */
  static void reverse24(byte[] bytes, int count) {
    for (int i = 0, b = 0; i < count; i++, b += 3) {
      byte first = bytes[b];
      bytes[b] = bytes[b + 2];
      bytes[b + 2] = first;
    }
  }

  private static void unsigned64(long[] from, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      long value = from[i];
      // Half of a large one, its last bit kept for the rounding, fits a signed number.
      to[i] = value >= 0 ? value : 2.0 * ((value >>> 1) | (value & 1));
    }
  }

  private static void float32(float[] from, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[i];
    }
  }
}
