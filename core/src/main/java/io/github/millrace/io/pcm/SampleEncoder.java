package io.github.millrace.io.pcm;

import io.github.millrace.io.Encoding;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Turns doubles into stored little-endian samples, block by block, over heap arrays as {@link
 * SampleDecoder} does.
 *
 * <p>Integers are rounded to the nearest, ties to even, and clipped; a NaN becomes 0.
 */
final class SampleEncoder {

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble DOUBLE =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Encoding encoding;
  private final byte[] rawBytes;
  private final short[] rawShorts;
  private final int[] rawInts;
  private final float[] rawFloats;
  private long clipped;

  /** An encoder of blocks of at most {@code block} samples. */
  SampleEncoder(Encoding encoding, int block) {
    this.encoding = encoding;
    boolean bytewise = encoding == Encoding.U8 || encoding == Encoding.S24;
    rawBytes = new byte[bytewise ? block * encoding.bytes() : 0];
    rawShorts = new short[encoding == Encoding.S16 ? block : 0];
    rawInts = new int[encoding == Encoding.S32 ? block : 0];
    rawFloats = new float[encoding == Encoding.F32 ? block : 0];
  }

  /** Samples so far that did not fit their integer. */
  long clipped() {
    return clipped;
  }

  /** Encodes {@code count} samples to a byte offset of the segment. */
  void encode(double[] from, int count, MemorySegment to, long offset) {
    switch (encoding) {
      case U8 -> {
        clipped += unsigned8(from, rawBytes, count);
        MemorySegment.copy(rawBytes, 0, to, ValueLayout.JAVA_BYTE, offset, count);
      }
      case S16 -> {
        clipped += signed16(from, rawShorts, count);
        MemorySegment.copy(rawShorts, 0, to, SHORT, offset, count);
      }
      case S24 -> {
        clipped += signed24(from, rawBytes, count);
        MemorySegment.copy(rawBytes, 0, to, ValueLayout.JAVA_BYTE, offset, 3 * count);
      }
      case S32 -> {
        clipped += signed32(from, rawInts, count);
        MemorySegment.copy(rawInts, 0, to, INT, offset, count);
      }
      case F32 -> {
        float32(from, rawFloats, count);
        MemorySegment.copy(rawFloats, 0, to, FLOAT, offset, count);
      }
      case F64 -> MemorySegment.copy(from, 0, to, DOUBLE, offset, count);
    }
  }

  // In the four loops below (int) saturates and maps NaN to 0, so that "rounded is not what was
  // stored" is true exactly for what was clipped.

  private static int unsigned8(double[] from, byte[] to, int count) {
    int clipped = 0;
    for (int i = 0; i < count; i++) {
      double rounded = Math.rint(from[i] * 0x1p7);
      int stored = Math.min(Math.max((int) rounded, -128), 127);
      clipped += stored != rounded ? 1 : 0;
      to[i] = (byte) (stored + 128);
    }
    return clipped;
  }

  private static int signed16(double[] from, short[] to, int count) {
    int clipped = 0;
    for (int i = 0; i < count; i++) {
      double rounded = Math.rint(from[i] * 0x1p15);
      int stored = Math.min(Math.max((int) rounded, -0x8000), 0x7FFF);
      clipped += stored != rounded ? 1 : 0;
      to[i] = (short) stored;
    }
    return clipped;
  }

  private static int signed24(double[] from, byte[] to, int count) {
    int clipped = 0;
    for (int i = 0, b = 0; i < count; i++, b += 3) {
      double rounded = Math.rint(from[i] * 0x1p23);
      int stored = Math.min(Math.max((int) rounded, -0x80_0000), 0x7F_FFFF);
      clipped += stored != rounded ? 1 : 0;
      to[b] = (byte) stored;
      to[b + 1] = (byte) (stored >> 8);
      to[b + 2] = (byte) (stored >> 16);
    }
    return clipped;
  }

  private static int signed32(double[] from, int[] to, int count) {
    int clipped = 0;
    for (int i = 0; i < count; i++) {
      double rounded = Math.rint(from[i] * 0x1p31);
      int stored = (int) rounded;
      clipped += stored != rounded ? 1 : 0;
      to[i] = stored;
    }
    return clipped;
  }

  private static void float32(double[] from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (float) from[i];
    }
  }
}
