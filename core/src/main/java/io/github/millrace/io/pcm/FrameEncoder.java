package io.github.millrace.io.pcm;

import io.github.millrace.io.Encoding;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Encodes the planes of a buffer as interleaved little-endian frames; one thread at a time. */
public final class FrameEncoder {

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;
  private static final ValueLayout.OfFloat STORED_FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Encoding encoding;
  private final int channels;
  private final int blockFrames;
  private final SampleEncoder encoder;
  private final Dither dither;
  private final double[] doubles;
  private final double[] doublePlane;
  private final float[] floats;
  private final float[] floatPlane;

  /** An encoder for a file of these options; integers may get triangular dither, floats never. */
  public FrameEncoder(WriteOptions options) {
    encoding = options.encoding();
    channels = options.channels();
    blockFrames = BlockSize.frames(channels);
    encoder = new SampleEncoder(encoding, options.scale(), blockFrames * channels);
    dither = options.dither() && encoding.isInteger() ? new Dither(encoder.step()) : null;
    doubles = new double[blockFrames * channels];
    floats = new float[encoding == Encoding.F32 ? blockFrames * channels : 0];
    doublePlane = new double[blockFrames];
    floatPlane = new float[blockFrames];
  }

  /** Samples so far that an integer could not hold. */
  public long clipped() {
    return encoder.clipped();
  }

  /** Samples so far that were NaN, which an integer holds as 0. */
  public long undefined() {
    return encoder.undefined();
  }

  /** Whether the plane of a mono buffer of this type is already what is to be stored. */
  public boolean storesAsIs(SampleType type) {
    return channels == 1
        && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
        && encoding == (type == SampleType.FLOAT32 ? Encoding.F32 : Encoding.F64);
  }

  /** Encodes frames from frame {@code at} on to a byte offset of the segment. */
  public void encode(SignalBuffer from, long at, long count, MemorySegment to, long offset) {
    encode(from, at, to.asSlice(offset), (int) count);
  }

  private void encode(SignalBuffer from, long at, MemorySegment to, int frames) {
    long frameBytes = (long) channels * encoding.bytes();
    for (int done = 0; done < frames; done += blockFrames) {
      int n = Math.min(blockFrames, frames - done);
      if (from.type() == SampleType.FLOAT64) {
        fromDoublePlanes(from, at + done, n);
      } else if (encoding == Encoding.F32) {
        fromFloatPlanes(from, at + done, n);
        MemorySegment.copy(floats, 0, to, STORED_FLOAT, done * frameBytes, n * channels);
        continue;
      } else {
        widenFloatPlanes(from, at + done, n);
      }
      if (dither != null) {
        dither.add(doubles, n * channels);
      }
      encoder.encode(doubles, n * channels, to, done * frameBytes);
    }
  }

  private void fromDoublePlanes(SignalBuffer from, long at, int frames) {
    for (int c = 0; c < channels; c++) {
      double[] plane = channels == 1 ? doubles : doublePlane;
      MemorySegment.copy(from.segment(), DOUBLE, offset(from, c, at), plane, 0, frames);
      if (channels > 1) {
        spread(doublePlane, doubles, c, frames);
      }
    }
  }

  private void fromFloatPlanes(SignalBuffer from, long at, int frames) {
    for (int c = 0; c < channels; c++) {
      MemorySegment.copy(from.segment(), FLOAT, offset(from, c, at), floatPlane, 0, frames);
      spread(floatPlane, floats, c, frames);
    }
  }

  private void widenFloatPlanes(SignalBuffer from, long at, int frames) {
    for (int c = 0; c < channels; c++) {
      MemorySegment.copy(from.segment(), FLOAT, offset(from, c, at), floatPlane, 0, frames);
      if (channels == 1) {
        widen(floatPlane, doubles, frames);
      } else {
        spreadWiden(floatPlane, doubles, c, frames);
      }
    }
  }

  private static long offset(SignalBuffer buffer, int plane, long frame) {
    return plane * buffer.layout().strideBytes() + frame * buffer.type().bytes();
  }

  private void spread(double[] from, double[] to, int first, int count) {
    int step = channels;
    for (int i = 0, j = first; i < count; i++, j += step) {
      to[j] = from[i];
    }
  }

  private void spread(float[] from, float[] to, int first, int count) {
    int step = channels;
    for (int i = 0, j = first; i < count; i++, j += step) {
      to[j] = from[i];
    }
  }

  private void spreadWiden(float[] from, double[] to, int first, int count) {
    int step = channels;
    for (int i = 0, j = first; i < count; i++, j += step) {
      to[j] = from[i];
    }
  }

  private static void widen(float[] from, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[i];
    }
  }
}
