package io.github.millrace.io.pcm;

import io.github.millrace.io.Encoding;
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
  private final ValueLayout.OfShort shorts;
  private final ValueLayout.OfInt ints;
  private final ValueLayout.OfFloat floats;
  private final ValueLayout.OfDouble doubles;
  private final byte[] rawBytes;
  private final short[] rawShorts;
  private final int[] rawInts;
  private final float[] rawFloats;

  /** A decoder of blocks of at most {@code block} samples. */
  SampleDecoder(Encoding encoding, ByteOrder order, int block) {
    this.encoding = encoding;
    this.order = order;
    shorts = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
    ints = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
    floats = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order);
    doubles = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order);
    boolean bytewise = encoding == Encoding.U8 || encoding == Encoding.S24;
    rawBytes = new byte[bytewise ? block * encoding.bytes() : 0];
    rawShorts = new short[encoding == Encoding.S16 ? block : 0];
    rawInts = new int[encoding == Encoding.S32 ? block : 0];
    rawFloats = new float[encoding == Encoding.F32 ? block : 0];
  }

  /** Decodes {@code count} samples that start at a byte offset of the segment. */
  void decode(MemorySegment from, long offset, double[] to, int count) {
    switch (encoding) {
      case U8 -> {
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset, rawBytes, 0, count);
        unsigned8(rawBytes, to, count);
      }
      case S16 -> {
        MemorySegment.copy(from, shorts, offset, rawShorts, 0, count);
        signed16(rawShorts, to, count);
      }
      case S24 -> {
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset, rawBytes, 0, 3 * count);
        if (order == ByteOrder.BIG_ENDIAN) {
          reverse24(rawBytes, count);
        }
        signed24(rawBytes, to, count);
      }
      case S32 -> {
        MemorySegment.copy(from, ints, offset, rawInts, 0, count);
        signed32(rawInts, to, count);
      }
      case F32 -> {
        MemorySegment.copy(from, floats, offset, rawFloats, 0, count);
        float32(rawFloats, to, count);
      }
      case F64 -> MemorySegment.copy(from, doubles, offset, to, 0, count);
    }
  }

  private static void unsigned8(byte[] from, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = ((from[i] & 0xFF) - 128) * 0x1p-7;
    }
  }

  private static void signed16(short[] from, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[i] * 0x1p-15;
    }
  }

  private static void signed24(byte[] from, double[] to, int count) {
    for (int i = 0, b = 0; i < count; i++, b += 3) {
      int value = (from[b] & 0xFF) | (from[b + 1] & 0xFF) << 8 | from[b + 2] << 16;
      to[i] = value * 0x1p-23;
    }
  }

  private static void reverse24(byte[] bytes, int count) {
    for (int i = 0, b = 0; i < count; i++, b += 3) {
      byte first = bytes[b];
      bytes[b] = bytes[b + 2];
      bytes[b + 2] = first;
    }
  }

  private static void signed32(int[] from, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[i] * 0x1p-31;
    }
  }

  private static void float32(float[] from, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[i];
    }
  }
}
